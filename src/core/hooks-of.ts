import type { HookConfig, NodeConfig } from './node.ts';

/** The hooks of a node, those before it first. */
export function hooksOf(config: Partial<NodeConfig>): readonly HookConfig[] {
  return [...(config['pre-hook'] ?? []), ...(config['post-hook'] ?? [])];
}
