import { type CatalogTable, foldName } from '../../sql/index.ts';
import type { NodeQuery } from '../analysis/analyst.ts';
import type { ReadTable, TableCatalogue } from '../reading/reader.ts';

/** The queries of views, by the ids of their nodes: a view is read as if its query stood in its place. */
export type Views = ReadonlyMap<string, NodeQuery>;

/** The tables that a query names. */
export function catalogueOf({ table, dialect }: NodeQuery, views: Views): TableCatalogue {
  return (parts): ReadTable | undefined => {
    const found = table(parts);
    const view = found && views.get(found.name);
    if (!found) return undefined;
    const columns = columnKeys(found, dialect);
    return { name: found.name, columns, view: view && { query: view.query, table: catalogueOf(view, views) } };
  };
}

function columnKeys({ columns, open }: CatalogTable, { names }: NodeQuery['dialect']): readonly string[] | undefined {
  return columns === 'unknown' || open
    ? undefined
    : columns.map(({ name }) => foldName({ text: name, quoted: true }, names));
}

/** What is known of a table that a query names, or a view behind it. */
export function tableOf(id: string, read: NodeQuery, views: Views): CatalogTable | undefined {
  return [read, ...views.values()].flatMap((query) => query.tables.filter(({ name }) => name === id))[0];
}

/** The kind of a column's type; undefined where it is not known. */
export function typeOf(table: CatalogTable | undefined, key: string): string | undefined {
  if (!table || table.columns === 'unknown') return undefined;
  const type = table.columns.find(({ name }) => name.toLowerCase() === key.toLowerCase())?.type;
  return type?.kind === 'unknown' ? undefined : type?.kind;
}

/** What a column of the settings is compared by; undefined for an expression. */
export function columnKey(text: string, { names }: NodeQuery['dialect']): string | undefined {
  const [, quoted, plain] = /^(?:"([^"]+)"|([\w$]+))$/.exec(text.trim()) ?? [];
  if (quoted !== undefined) return foldName({ text: quoted, quoted: true }, names);
  return plain === undefined ? undefined : foldName({ text: plain, quoted: false }, names);
}
