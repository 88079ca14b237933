import { findMacro, overridingMacro } from '../../1-parse/index.ts';
import type { CompiledNode } from '../../3-compile/index.ts';
import type { MacroNode, Node, NodeMacro } from '../../core/index.ts';
import type { StepContext } from '../context.ts';
import { recordedSession } from '../recorded-session.ts';

/**
 * What a materialization leaves to a macro: the project's, also of another package (`package.name`), else the one that
 * comes with Ingot. Undefined: there is none of that name.
 */
export function nodeMacro(
  name: string,
  node: Node,
  compiled: CompiledNode | undefined,
  context: StepContext,
): NodeMacro | undefined {
  const { graph, shelves } = context;
  const [first = '', second] = name.split('.', 2);
  const own = second === undefined && shelves.functions.get(name)?.isMacro ? name : undefined;
  const macro =
    findMacro(graph.project, second === undefined ? null : first, second ?? first, node.package_name) ?? own;
  return macro === undefined ? undefined : callable(macro, node, compiled, context);
}

/** A macro that the project has in place of one that dbt's materializations call. Undefined: it has none. */
export function ownMacro(
  name: string,
  node: Node,
  compiled: CompiledNode | undefined,
  context: StepContext,
): NodeMacro | undefined {
  const { graph, shelves } = context;
  const macro = overridingMacro(graph.project, name, shelves.adapter.type, node.package_name);
  return macro && callable(macro, node, compiled, context);
}

function callable(
  macro: MacroNode | string,
  node: Node,
  compiled: CompiledNode | undefined,
  context: StepContext,
): NodeMacro {
  const built = Object.assign({ ...node }, { compiled: true, compiled_code: compiled?.sql ?? '' });
  const session = recordedSession(node.unique_id, context);
  return async (...args) => (await context.compiler.call(macro, built, session, { args })).value;
}
