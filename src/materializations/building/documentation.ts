import { type JsonObject, type MaterializationContext, nodeDict, type Relation } from '../../core/index.ts';
import { Dict, str, type Value } from '../../jinja/index.ts';
import { relationValue } from './relation-value.ts';

/** What `persist_docs` asks to keep in the warehouse beside the data. */
export interface WantedDocumentation {
  readonly relation: boolean;
  readonly columns: boolean;
}

export function wantedDocumentation({ node }: MaterializationContext): WantedDocumentation {
  const wanted = (node.config.persist_docs ?? {}) as JsonObject;
  return {
    relation: wanted.relation === true && node.description !== '',
    columns: wanted.columns === true && Object.keys(node.columns).length > 0,
  };
}

/**
 * Keeps descriptions with the relation; says which documented columns it does not have. A project's `persist_docs` does
 * all of it, and is called whether descriptions are wanted or not, as in dbt; its `alter_relation_comment` and
 * `alter_column_comment` write statements.
 */
export async function persistDocumentation(
  context: MaterializationContext,
  wanted: WantedDocumentation,
  type: Relation['type'],
): Promise<void> {
  const { node, target, adapter, session } = context;
  const relation: Relation = { ...target, type };
  const value = relationValue(relation, context);
  const own = context.ownMacro?.('persist_docs');
  if (own) {
    await own(value, nodeDict(node), true, true);
    return;
  }
  if (wanted.relation) {
    const written = await context.ownMacro?.('alter_relation_comment')?.(value, node.description);
    await context.execute(written ? str(written) : adapter.statements.commentOnRelation(relation, node.description));
  }
  if (!wanted.columns || isDescribedWhenMade(context, type)) return;
  const existing = new Map((await session.columnsOf(relation)).map(({ name }) => [name.toLowerCase(), name]));
  const documented = Object.values(node.columns);
  const missing = documented.filter(({ name }) => !existing.has(name.toLowerCase()));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    context.warn(
      `In relation ${adapter.statements.renderRelation(relation)}: The following columns are specified in the schema but are not present in the database: ${names}`,
    );
  }
  const comments = documented.flatMap(({ name, description }): [string, string][] => {
    const actual = existing.get(name.toLowerCase());
    return actual === undefined ? [] : [[actual, description]];
  });
  const written = await context.ownMacro?.('alter_column_comment')?.(value, columnsDict(node));
  const statements = written ? [str(written)] : adapter.statements.commentOnColumns(relation, new Map(comments));
  for (const sql of statements) if (sql.trim() !== '') await context.execute(sql);
}

const columnsDict = (node: MaterializationContext['node']): Value => nodeDict(node).get('columns') ?? new Dict();

const isDescribedWhenMade = ({ adapter }: MaterializationContext, type: Relation['type']): boolean =>
  adapter.capabilities.viewColumnsDescribedInDefinition === true && (type === 'view' || type === 'materialized_view');

/** What the columns of a view are described by, where the statement that makes it has to say that; undefined elsewhere. */
export async function describedColumns(
  context: MaterializationContext,
  type: Relation['type'],
  sql: string,
): Promise<ReadonlyMap<string, string | undefined> | undefined> {
  const { node, session } = context;
  if (!isDescribedWhenMade(context, type) || !wantedDocumentation(context).columns) return undefined;
  const texts = new Map(Object.values(node.columns).map(({ name, description }) => [name.toLowerCase(), description]));
  const columns = await session.describeQuery(sql);
  return new Map(columns.map(({ name }) => [name, texts.get(name.toLowerCase()) || undefined]));
}
