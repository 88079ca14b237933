import { type CodeNode, type Diagnostic, messageOf, type Node, type UnitTestNode } from '../core/index.ts';
import type { CompiledNode, CompilerInput } from './compilation.ts';

/** A node as the warehouse gets it. Tells what of it can mean something else there. */
export function translateNode(
  node: Node,
  compiled: CompiledNode,
  input: CompilerInput,
): CompiledNode | Promise<CompiledNode> {
  if (!input.translate) return compiled;
  return input.translate(node, compiled).then((translated) => {
    tellProblems(translated.warnings ?? [], node, input);
    return translated;
  });
}

/** What the warehouse gets of a rendered hook; empty if there is nothing to do. Tells what of it has no effect there. */
export async function translateHook(node: CodeNode, hook: CompiledNode, input: CompilerInput): Promise<string> {
  if (hook.sql.trim() === '') return '';
  if (!input.translateHook) return hook.sql;
  const { sql, warnings } = await input.translateHook(node, hook);
  tellProblems(warnings, node, input);
  return sql;
}

/** Tells what was found about a node and does not keep it from being built. */
export function tellProblems(
  problems: readonly Diagnostic[],
  node: Pick<CodeNode | UnitTestNode, 'unique_id'>,
  { emit, now }: CompilerInput,
): void {
  for (const problem of problems) emit(messageOf(problem, now(), node.unique_id));
}
