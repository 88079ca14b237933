import { type CodeNode, type Diagnostic, messageOf, type Node } from '../core/index.ts';
import type { CompiledNode, CompilerInput } from './compilation.ts';

/** A node as the warehouse gets it. Tells what of it can mean something else there. */
export async function translateNode(node: Node, compiled: CompiledNode, input: CompilerInput): Promise<CompiledNode> {
  if (!input.translate) return compiled;
  const translated = await input.translate(node, compiled);
  tell(translated.warnings ?? [], node, input);
  return translated;
}

/** What the warehouse gets of a rendered hook; empty if there is nothing to do. Tells what of it has no effect there. */
export async function translateHook(node: CodeNode, hook: CompiledNode, input: CompilerInput): Promise<string> {
  if (hook.sql.trim() === '') return '';
  if (!input.translateHook) return hook.sql;
  const { sql, warnings } = await input.translateHook(node, hook);
  tell(warnings, node, input);
  return sql;
}

function tell(warnings: readonly Diagnostic[], node: CodeNode, { emit, now }: CompilerInput): void {
  for (const diagnostic of warnings) emit(messageOf(diagnostic, now(), node.unique_id));
}
