import { overridingMacro } from '../1-parse/index.ts';
import {
  ColumnValue,
  type Json,
  jsonToValue,
  type Node,
  RelationValue,
  type Session,
  type StrategySql,
} from '../core/index.ts';
import { Dict, str, type Value } from '../jinja/index.ts';
import type { StepContext } from './context.ts';

/** dbt's macros behind a strategy, of which a project may replace the inner one alone. */
const innerMacros: Readonly<Record<string, string>> = {
  merge: 'get_merge_sql',
  'delete+insert': 'get_delete_insert_merge_sql',
  delete_insert: 'get_delete_insert_merge_sql',
};

/**
 * What a macro of the project writes in place of an incremental strategy: `get_incremental_<strategy>_sql`, which also
 * makes strategies of the project's own. Undefined: there is none.
 */
export function strategySql(
  node: Node,
  strategy: string,
  context: Pick<StepContext, 'graph' | 'shelves' | 'compiler'>,
  session: Session,
): StrategySql | undefined {
  const { graph, shelves, compiler } = context;
  const { statements, type } = shelves.adapter;
  const find = (name: string | undefined) =>
    name === undefined ? undefined : overridingMacro(graph.project, name, type, node.package_name);
  const outer = find(`get_incremental_${strategy.replace('+', '_')}_sql`);
  const macro = outer ?? find(innerMacros[strategy]);
  if (macro === undefined) return undefined;
  return async ({ target, source, columns, predicates }) => {
    const entries: [string, Value][] = [
      ['target_relation', new RelationValue(target, statements)],
      ['temp_relation', new RelationValue(source, statements)],
      ['unique_key', jsonToValue((node.config.unique_key ?? null) as Json)],
      ['dest_columns', columns.map((column) => new ColumnValue(column, statements))],
      ['incremental_predicates', predicates.length === 0 ? null : [...predicates]],
    ];
    const args = outer ? [Dict.of(entries)] : entries.map(([, value]) => value);
    return str((await compiler.call(macro, node, session, { args })).value).trim();
  };
}

/**
 * Whether a microbatch model is built batch by batch. Where the strategy is a macro of the project, dbt builds it at
 * once, unless the project says `require_batched_execution_for_custom_microbatch_strategy`.
 */
export function runsInBatches(node: Node, context: Pick<StepContext, 'graph' | 'shelves' | 'environment'>): boolean {
  if (node.config.materialized !== 'incremental' || node.config.incremental_strategy !== 'microbatch') return false;
  const { graph, shelves, environment } = context;
  if (environment.flags.behavior?.require_batched_execution_for_custom_microbatch_strategy === true) return true;
  const { type } = shelves.adapter;
  return overridingMacro(graph.project, 'get_incremental_microbatch_sql', type, node.package_name) === undefined;
}
