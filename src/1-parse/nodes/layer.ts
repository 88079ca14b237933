import type { NodeConfig } from '../../core/index.ts';
import type { World } from '../rendering/world.ts';

const usual = ['bronze', 'silver', 'gold'];

/** A model's layer: what its settings say, else the first folder below the model path that is the name of one. */
export function layerOf(world: World, packageName: string, path: string, config: NodeConfig): string | null {
  if (typeof config.layer === 'string') return config.layer;
  if (packageName !== world.settings.name) return null;
  const { layers } = world.settings;
  for (const folder of path.split('/').slice(0, -1)) {
    if (layers.size > 0 ? layers.has(folder) : usual.includes(folder)) return folder;
  }
  return null;
}
