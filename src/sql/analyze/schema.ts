import type { Dialect } from '../dialect.ts';
import { foldName } from '../names/index.ts';
import { remembered } from '../remembered.ts';
import type { Catalog, CatalogTable } from './catalog.ts';
import { schemaType } from './schema-type.ts';

/** A table of a schema. Names are written as in SQL: quotes keep the letter case, otherwise the dialect folds it. */
export interface SchemaTable {
  /** Dotted: `orders`, `raw.orders`, `db.raw.orders`. */
  readonly name: string;
  /** Undefined if the table is there but nothing is known of its columns. */
  readonly columns?: readonly SchemaColumn[] | undefined;
}

export interface SchemaColumn {
  readonly name: string;
  /** As the dialect writes types; undefined if not known. */
  readonly type?: string | undefined;
  /** False if it is certain that it holds no NULL. */
  readonly nullable?: boolean | undefined;
}

interface Entry {
  readonly keys: readonly string[];
  readonly table: SchemaTable;
}

/**
 * The catalog of a list of tables. A name is found by its last parts, so that `orders` finds `raw.orders`, unless two
 * tables could be meant. A name with a schema that the list has nothing of is unknown; another one that is not found
 * does not exist.
 */
export function schemaCatalog(schema: readonly SchemaTable[], dialect: Dialect): Catalog {
  const entries = new Map<string, Entry[]>();
  const qualifiers = new Set<string>();
  for (const table of schema) {
    const keys = partsOf(table.name, dialect);
    const last = keys.at(-1) ?? '';
    remembered(entries, last, (): Entry[] => []).push({ keys, table });
    for (let from = 0; from < keys.length; from += 1) qualifiers.add(JSON.stringify(keys.slice(from, -1)));
  }
  const tables = new Map<SchemaTable, CatalogTable>();
  const { defaultSchema } = dialect.names;
  return (parts) => {
    if (schema.length === 0) return 'unknown';
    const written = parts.map((part) => foldName({ text: part, quoted: true }, dialect.names));
    const keys = written.length === 2 && written[0] === defaultSchema ? written.slice(1) : written;
    const found = (entries.get(keys.at(-1) ?? '') ?? []).filter((entry) => endsWith(entry.keys, keys));
    const exact = found.find((entry) => entry.keys.length === keys.length) ?? found[0];
    if (found.length > 1 && exact?.keys.length !== keys.length) return 'unknown';
    if (!exact) return keys.length > 1 && !qualifiers.has(JSON.stringify(keys.slice(0, -1))) ? 'unknown' : undefined;
    return remembered(tables, exact.table, () => catalogTable(exact.table, dialect));
  };
}

function endsWith(whole: readonly string[], end: readonly string[]): boolean {
  return end.length <= whole.length && end.every((part, index) => part === whole[whole.length - end.length + index]);
}

function catalogTable({ name, columns }: SchemaTable, dialect: Dialect): CatalogTable {
  if (!columns) return { name, columns: 'unknown', changing: true };
  return {
    name,
    changing: true,
    columns: columns.map(({ name: column, type, nullable }) => ({
      name: column,
      key: partsOf(column, dialect, false)[0] ?? column,
      ...(type === undefined ? {} : { type: schemaType(type, dialect) }),
      ...(nullable === undefined ? {} : { nullable }),
    })),
  };
}

/** The parts of a dotted name, by which it is found. */
function partsOf(name: string, dialect: Dialect, dotted = true): string[] {
  const parts = dotted ? (name.match(/"(?:[^"]|"")*"|[^.]+/g) ?? [name]) : [name];
  return parts.map((part) => {
    const quoted = part.length > 1 && part.startsWith('"') && part.endsWith('"');
    const text = quoted ? part.slice(1, -1).replaceAll('""', '"') : part;
    const plain = /^[A-Za-z_][\w$]*$/.test(part);
    return foldName({ text, quoted: quoted || !plain }, dialect.names);
  });
}
