import { overridingMacro } from '../../1-parse/index.ts';
import {
  ColumnValue,
  type Json,
  jsonToValue,
  type Node,
  RelationValue,
  type Session,
  type StrategySql,
} from '../../core/index.ts';
import { Dict, str, type Value } from '../../jinja/index.ts';
import type { StepContext } from '../context.ts';

/** dbt's macros behind a strategy, of which a project may replace the inner one alone. */
const innerMacros: Readonly<Record<string, string>> = {
  merge: 'get_merge_sql',
  append: 'get_insert_into_sql',
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
  const { compiler, shelves } = context;
  const { statements } = shelves.adapter;
  const { outer, macro } = strategyMacros(node, strategy, context);
  if (macro === undefined) return undefined;
  return async ({ target, source, columns, predicates }) => {
    const entries: [string, Value][] = [
      ['target_relation', new RelationValue(target, statements)],
      ['temp_relation', new RelationValue(source, statements)],
      ['unique_key', jsonToValue((node.config.unique_key ?? null) as Json)],
      ['dest_columns', columns.map((column) => new ColumnValue(column, statements))],
      ['incremental_predicates', predicates.length === 0 ? null : [...predicates]],
    ];
    const args = outer ? [Dict.of(entries)] : inner(strategy, entries);
    return str((await compiler.call(macro, node, session, { args })).value).trim();
  };
}

/** What an inner macro is given; that which only inserts needs no key. */
function inner(strategy: string, entries: readonly (readonly [string, Value])[]): readonly Value[] {
  const wanted = entries.filter(
    ([name]) => strategy !== 'append' || (name !== 'unique_key' && name !== 'incremental_predicates'),
  );
  return wanted.map(([, value]) => value);
}

/** Whether a macro of the project writes in place of the strategy that a node asks for. */
export function hasStrategyMacro(node: Node, context: Pick<StepContext, 'graph' | 'shelves'>): boolean {
  const { defaultIncrementalStrategy } = context.shelves.adapter.capabilities;
  const strategy = node.config.incremental_strategy ?? defaultIncrementalStrategy ?? 'append';
  return strategyMacros(node, String(strategy), context).macro !== undefined;
}

function strategyMacros(node: Node, strategy: string, { graph, shelves }: Pick<StepContext, 'graph' | 'shelves'>) {
  const find = (name: string | undefined) =>
    name === undefined ? undefined : overridingMacro(graph.project, name, shelves.adapter.type, node.package_name);
  const wanted = node.config.incremental_strategy ?? 'default';
  const outer =
    (wanted === 'default' ? find('get_incremental_default_sql') : undefined) ??
    find(`get_incremental_${strategy.replace('+', '_')}_sql`);
  return { outer, macro: outer ?? find(innerMacros[strategy]) };
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
