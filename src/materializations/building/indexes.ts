import {
  error,
  type Json,
  type JsonObject,
  jsonToValue,
  type MaterializationContext,
  Problem,
} from '../../core/index.ts';
import { str } from '../../jinja/index.ts';
import { relationValue } from './relation-value.ts';

/**
 * Makes the indexes of a new table, as `indexes: [{columns: [id], unique: true}]` asks for. A project's `create_indexes`
 * does all of it; its `get_create_index_sql` writes the statements.
 */
export async function createIndexes(context: MaterializationContext): Promise<void> {
  const { target, adapter } = context;
  const relation = { ...target, type: 'table' as const };
  const own = context.ownMacro?.('create_indexes');
  if (own) {
    await own(relationValue(relation, context));
    return;
  }
  const statement = context.ownMacro?.('get_create_index_sql');
  for (const { index, columns, unique } of wantedIndexes(context)) {
    const sql = statement
      ? str((await statement(relationValue(relation, context), jsonToValue(index))) ?? '')
      : adapter.statements.createIndex?.(relation, columns, unique);
    if (sql !== undefined && sql.trim() !== '') await context.execute(sql);
  }
}

/** What `indexes:` says, checked. */
export function wantedIndexes(context: MaterializationContext) {
  const wanted = context.node.config.indexes as Json | undefined;
  if (wanted === undefined || wanted === null) return [];
  if (!Array.isArray(wanted)) throw problem(context, `'indexes' must be a list, not ${JSON.stringify(wanted)}`);
  return wanted.map((index: Json) => {
    const { columns, unique } = (index ?? {}) as JsonObject;
    if (!Array.isArray(columns) || columns.length === 0) {
      throw problem(context, `An index needs 'columns', a list of names: ${JSON.stringify(index)}`);
    }
    return { index, columns: columns.map(String), unique: unique === true };
  });
}

function problem({ node }: MaterializationContext, message: string): Problem {
  return new Problem(error('materialize/indexes', message, { span: node.origin.definition }));
}
