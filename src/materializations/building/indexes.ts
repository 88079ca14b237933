import { error, type Json, type JsonObject, type MaterializationContext, Problem } from '../../core/index.ts';

/** Statements that make the indexes of a new table, as `indexes: [{columns: [id], unique: true}]` asks for. */
export function indexStatements(context: MaterializationContext): readonly string[] {
  const { node, target, adapter } = context;
  const wanted = node.config.indexes as Json | undefined;
  if (wanted === undefined || wanted === null) return [];
  if (!Array.isArray(wanted)) throw problem(context, `'indexes' must be a list, not ${JSON.stringify(wanted)}`);
  return wanted.flatMap((index: Json) => {
    const { columns, unique } = (index ?? {}) as JsonObject;
    if (!Array.isArray(columns) || columns.length === 0) {
      throw problem(context, `An index needs 'columns', a list of names: ${JSON.stringify(index)}`);
    }
    const sql = adapter.statements.createIndex?.({ ...target, type: 'table' }, columns.map(String), unique === true);
    return sql === undefined ? [] : [sql];
  });
}

function problem({ node }: MaterializationContext, message: string): Problem {
  return new Problem(error('materialize/indexes', message, { span: node.origin.definition }));
}
