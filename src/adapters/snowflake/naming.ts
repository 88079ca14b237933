import type { QuotePolicy, Relation } from '../../core/index.ts';

/** Snowflake reads a backslash in a text as the beginning of an escape. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

const parts = ['database', 'schema', 'identifier'] as const;

/** Names are written as they are, so that Snowflake folds them to capitals, unless the relation says that they are quoted. */
export function renderRelation(relation: Relation): string {
  if (relation.expression !== undefined) return relation.expression;
  return parts
    .flatMap((part) => {
      const name = relation[part];
      return name ? [relation.quote?.[part] === true ? quote(name) : name] : [];
    })
    .join('.');
}

/** A relation as Snowflake keeps its name, quoted where it would not be found otherwise. */
export function storedRelation(database: string, schema: string, identifier: string): Relation {
  const policy: QuotePolicy = {
    database: needsQuotes(database),
    schema: needsQuotes(schema),
    identifier: needsQuotes(identifier),
  };
  const quoted = Object.values(policy).some(Boolean);
  return { database, schema, identifier, ...(quoted ? { quote: policy } : {}) };
}

/** Whether a stored name is another one when it is written without quotes. */
export const needsQuotes = (name: string): boolean => !/^[A-Z_][A-Z0-9_$]*$/.test(name);

/** A name of a project as Snowflake keeps it. */
export function storedName(relation: Relation, part: keyof QuotePolicy): string {
  const name = relation[part] ?? '';
  return relation.quote?.[part] === true ? name : name.toUpperCase();
}
