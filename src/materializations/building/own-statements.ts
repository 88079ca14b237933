import type {
  CreateTableOptions,
  MaterializationContext,
  NodeMacro,
  Relation,
  StatementResult,
} from '../../core/index.ts';
import { str } from '../../jinja/index.ts';
import { describedColumns } from './documentation.ts';
import { relationValue } from './relation-value.ts';

// Statements that a project may write itself: with macros of the names that dbt's materializations call.

/** What a materialization makes in a warehouse. */
export type MadeType = 'table' | 'view' | 'dynamic_table' | 'materialized_view';

type TableOptions = Omit<CreateTableOptions, 'config'>;

/**
 * Whether a macro of the project writes the statement that makes the table or view. Nobody knows then whether it
 * replaces what is there.
 */
export function hasOwnStatement(context: MaterializationContext, type: MadeType): boolean {
  return ownStatement(context, type) !== undefined;
}

/** The macro of the project that writes the statement which makes the table, view or what else. */
export function ownStatement(context: MaterializationContext, type: MadeType): NodeMacro | undefined {
  return context.ownMacro?.(`get_create_${type}_as_sql`) ?? context.ownMacro?.(`create_${type}_as`);
}

/** Makes a table of a query. */
export async function createTableAs(
  context: MaterializationContext,
  relation: Relation,
  sql: string,
  { temporary = false, shortLived = false, replace = false, ...more }: TableOptions = {},
): Promise<StatementResult> {
  const own = ownStatement(context, 'table');
  if (own) return context.execute(str(await own(temporary, relationValue(relation, context), sql)));
  const { config } = context.node;
  const passes = temporary || shortLived;
  const options = passes ? { temporary, shortLived, replace } : { replace, config, ...more };
  return context.execute(context.adapter.statements.createTableAs(relation, sql, options));
}

/** Makes a view of a query, in the place of one that is there. */
export async function createViewAs(
  context: MaterializationContext,
  relation: Relation,
  sql: string,
): Promise<StatementResult> {
  const own = ownStatement(context, 'view');
  if (own) return context.execute(str(await own(relationValue(relation, context), sql)));
  const { config } = context.node;
  const options = { replace: true, config, described: await describedColumns(context, 'view', sql) };
  return context.execute(context.adapter.statements.createViewAs(relation, sql, options));
}

/** Drops a relation. As in dbt, a macro sends its statements itself. */
export async function dropRelation(context: MaterializationContext, relation: Relation): Promise<StatementResult> {
  const own = context.ownMacro?.('drop_relation');
  if (!own) return context.execute(context.adapter.statements.dropRelation(relation));
  await own(relationValue(relation, context));
  return sentByMacro;
}

/** Gives a relation another name. As in dbt, a macro sends its statements itself. */
export async function renameRelation(
  context: MaterializationContext,
  from: Relation,
  to: Relation,
): Promise<StatementResult> {
  const own = context.ownMacro?.('rename_relation');
  if (!own) return context.execute(context.adapter.statements.renameRelation(from, to));
  await own(relationValue(from, context), relationValue(to, context));
  return sentByMacro;
}

const sentByMacro: StatementResult = { rowsAffected: null };

/** Macros that do something to a relation once it has been made; a project may have its own. */
const finishing = ['persist_docs', 'apply_grants', 'create_indexes', 'get_create_index_sql', 'alter_relation_comment'];

/** Whether a macro of the project may send statements of its own once the relation has been made. */
export function hasOwnFinish(context: MaterializationContext): boolean {
  return hasOwnMacro(context, finishing);
}

/** Whether the project has any of some macros. */
export function hasOwnMacro({ ownMacro }: MaterializationContext, names: readonly string[]): boolean {
  return ownMacro !== undefined && names.some((name) => ownMacro(name) !== undefined);
}
