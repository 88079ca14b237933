import type { JsonObject, MaterializationContext, Relation } from '../../core/index.ts';

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

/** Keeps descriptions with the relation; says which documented columns it does not have. */
export async function persistDocumentation(
  context: MaterializationContext,
  wanted: WantedDocumentation,
  type: Relation['type'],
): Promise<void> {
  const { node, target, adapter, session } = context;
  const relation: Relation = { ...target, type };
  if (wanted.relation) await context.execute(adapter.statements.commentOnRelation(relation, node.description));
  if (!wanted.columns || (type === 'view' && adapter.capabilities.viewColumnsDescribedInDefinition)) return;
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
  for (const sql of adapter.statements.commentOnColumns(relation, new Map(comments))) await context.execute(sql);
}

/** What the columns of a view are described by, where the statement that makes it has to say that; undefined elsewhere. */
export async function describedColumns(
  context: MaterializationContext,
  sql: string,
): Promise<ReadonlyMap<string, string | undefined> | undefined> {
  const { node, adapter, session } = context;
  if (!adapter.capabilities.viewColumnsDescribedInDefinition || !wantedDocumentation(context).columns) return undefined;
  const texts = new Map(Object.values(node.columns).map(({ name, description }) => [name.toLowerCase(), description]));
  const columns = await session.describeQuery(sql);
  return new Map(columns.map(({ name }) => [name, texts.get(name.toLowerCase()) || undefined]));
}
