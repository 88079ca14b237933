import type { CodeNode } from '../core/index.ts';
import type { CompiledNode, CompilerInput } from './compilation.ts';

/** What the warehouse gets of a rendered hook; empty if there is nothing to do. Tells what of it has no effect there. */
export async function translateHook(node: CodeNode, hook: CompiledNode, input: CompilerInput): Promise<string> {
  if (hook.sql.trim() === '') return '';
  if (!input.translateHook) return hook.sql;
  const { sql, warnings } = await input.translateHook(node, hook);
  for (const diagnostic of warnings) {
    const { message: text } = diagnostic;
    input.emit({ kind: 'message', at: input.now(), level: 'warn', text, nodeId: node.unique_id, diagnostic });
  }
  return sql;
}
