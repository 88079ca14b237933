import { findMacro, findMaterialization } from '../../1-parse/index.ts';
import type { Called, CompiledNode } from '../../3-compile/index.ts';
import {
  error,
  type MacroNode,
  type Node,
  Problem,
  type Relation,
  RelationValue,
  type Rendering,
} from '../../core/index.ts';
import { Dict, str, typeName, type Value } from '../../jinja/index.ts';
import type { StepContext, StepResult } from '../context.ts';
import { recordedSession } from '../recorded-session.ts';
import { sqlNames, withSql } from '../with-sql.ts';
import { MacroTransaction } from './macro-transaction.ts';

/**
 * The `{% materialization %}` block of the project or a package that brings a node about, or its own in place of a macro
 * that is the whole of one in dbt, if there is one.
 */
export function customMaterialization(
  node: Node,
  { graph, shelves }: Pick<StepContext, 'graph' | 'shelves'>,
): MacroNode | undefined {
  const name = node.config.materialized;
  const { ownMaterializations = [], materializationMacros } = shelves.adapter.capabilities;
  const ofAdapter = ownMaterializations.includes(name) ? 'adapter' : 'default';
  const isBuiltIn = node.resource_type === 'test' || shelves.materializations.has(name);
  const builtIn = isBuiltIn ? ofAdapter : undefined;
  const whole = node.resource_type === 'model' ? materializationMacros?.[name] : undefined;
  return (
    findMaterialization(graph.project, name, shelves.adapter.type, builtIn) ??
    (whole === undefined ? undefined : findMacro(graph.project, null, whole, node.package_name))
  );
}

/**
 * Runs a materialization that is a macro. Its first statement begins a transaction, as in dbt; what is open when it has
 * ended is committed, and rolled back where it failed.
 */
export async function runCustomMaterialization(
  macro: MacroNode,
  node: Node,
  compiled: CompiledNode | undefined,
  context: StepContext,
  materialize: Materialize,
): Promise<StepResult> {
  let relations: readonly Relation[] = [];
  try {
    return await callMaterialization(macro, node, compiled, context, materialize, (called) => {
      relations = relationsOf(called.value, macro, node);
      return resultOf(called, node);
    });
  } finally {
    // Nobody can follow what its statements did.
    for (const { database, schema } of [node, ...relations]) context.relations.forget(database, schema ?? '');
  }
}

/** Builds the node in one of Ingot's own ways, for a macro that stands around it. */
export type Materialize = NonNullable<Rendering['materialize']>;

/**
 * Calls a materialization that is a macro, and ends the transaction that it left open.
 *
 * @param read takes what it came to; where that cannot be taken, nothing of it stays.
 */
export async function callMaterialization<T>(
  macro: MacroNode,
  node: Node,
  compiled: CompiledNode | undefined,
  context: StepContext,
  materialize: Materialize,
  read: (called: Called) => T,
): Promise<T> {
  requireLanguage(macro, node);
  const session = recordedSession(node.unique_id, context);
  const transaction = new MacroTransaction(session, context);
  const sql = compiled?.sql ?? '';
  const built = withSql(node, sql);
  const extra = sqlNames(sql);
  const own: Materialize = async (name) => {
    // Ingot's own begin and end transactions as they need.
    await transaction.commit();
    return materialize(name);
  };
  try {
    const called = await context.compiler.call(macro, built, session, { extra, transaction, materialize: own });
    const result = read(called);
    await transaction.commit();
    return result;
  } catch (failure) {
    await transaction.rollback();
    throw failure;
  }
}

function requireLanguage(macro: MacroNode, node: Node): void {
  const languages = macro.supported_languages ?? ['sql'];
  if (languages.includes(node.language)) return;
  throw new Problem(
    error(
      'execute/unsupported-language',
      `The materialization '${node.config.materialized}' cannot build '${node.name}', which is in ${node.language}`,
      {
        span: { ...node.origin.definition, end: node.origin.definition.start },
        notes: [{ message: `it supports ${languages.join(', ')}`, span: macro.span }],
      },
    ),
  );
}

/** dbt's rule: a dict with a list of relations under `relations`. */
function relationsOf(value: Value, macro: MacroNode, node: Node): readonly Relation[] {
  const list = value instanceof Dict ? value.get('relations') : undefined;
  if (Array.isArray(list) && list.every((item) => item instanceof RelationValue)) {
    return list.map(({ relation }) => relation);
  }
  const given = typeof value === 'string' ? 'no return()' : `return() of ${typeName(value)}`;
  throw new Problem(
    error('execute/materialization-result', `The materialization '${macro.name}' has to say what it built`, {
      span: macro.span,
      hint: 'End it with: {{ return({"relations": [target_relation]}) }}',
      notes: [{ message: `it ended with ${given} while building '${node.name}'` }],
    }),
  );
}

/** What the statement called `main` came to, in dbt's words. */
function resultOf({ results }: Called, node: Node): StepResult {
  const response = results.get('main')?.response;
  const rows = response instanceof Object && 'getAttribute' in response ? response.getAttribute('rows_affected') : null;
  return {
    status: 'success',
    message: response === undefined ? 'OK' : str(response),
    failures: null,
    rowsAffected: typeof rows === 'number' ? rows : null,
    relationName: node.relation_name,
  };
}
