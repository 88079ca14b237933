import type { Run } from '../engine/account.ts';
import type { Cell } from '../engine/cells.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError, unsupported } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { anyText, type SqlType, wholeNumber } from '../sql/types.ts';
import { showGrants, showParameters } from './show-facts.ts';
import { listers } from './show-lists.ts';
import type { Place } from './show-place.ts';
import { refuse, type Statement, typeIds } from './statement.ts';

const kinds: readonly (readonly string[])[] = [
  ['DYNAMIC', 'TABLES'],
  ['MATERIALIZED', 'VIEWS'],
  ['USER', 'FUNCTIONS'],
  ['OBJECTS'],
  ['TABLES'],
  ['VIEWS'],
  ['SCHEMAS'],
  ['DATABASES'],
  ['COLUMNS'],
  ['WAREHOUSES'],
  ['SEQUENCES'],
  ['TRANSACTIONS'],
];

/** How many rows SHOW gives without LIMIT. */
const most = 10_000;

/** SHOW [TERSE] kind [LIKE] [IN] [STARTS WITH] [LIMIT … FROM]. */
export const show: Statement = async (run, cursor) => {
  const terse = cursor.accept('TERSE');
  if (cursor.accept('PARAMETERS')) return showParameters(run, cursor);
  if (cursor.accept('GRANTS')) return showGrants(run, cursor);
  const kind = kinds.find((words) => cursor.accept(...words))?.join(' ');
  const lister = listers[kind ?? ''];
  if (!lister) return refuse(cursor, cursor.offset + 2);
  cursor.accept('HISTORY');
  const like = cursor.accept('LIKE') ? likePattern(cursor.expectString()) : undefined;
  const place = readPlace(run, cursor);
  const starts = cursor.accept('STARTS', 'WITH') ? cursor.expectString() : '';
  const limit = cursor.accept('LIMIT') ? cursor.expectNumber() : undefined;
  const after = limit !== undefined && cursor.accept('FROM') ? cursor.expectString() : undefined;
  cursor.expectEnd();
  if (limit !== undefined && limit > most) throw unsupported(`SHOW with LIMIT ${limit}`);
  const rows = lister
    .rows(run, place)
    .filter(
      ({ name }) => (like?.test(name) ?? true) && name.startsWith(starts) && (after === undefined || name > after),
    );
  if (limit === undefined && rows.length > most) throw tooMany();
  const shown = rows.slice(0, limit ?? most);
  const columns = terse ? lister.columns.filter((column) => terseColumns.has(column)) : lister.columns;
  const wanted = columns.map((column) => lister.columns.indexOf(column));
  return table(
    columns,
    shown.map(({ cells }) => wanted.map((index) => cells[index] ?? null)),
  );
};

const terseColumns = new Set(['created_on', 'name', 'kind', 'database_name', 'schema_name']);

const tooMany = (): SqlError =>
  new SqlError(
    '090153',
    '22000',
    `The result set size exceeded the max number of rows(${most}) supported for SHOW statements. Use LIMIT option to limit result set to a smaller number.`,
  );

function likePattern(pattern: string): RegExp {
  const escaped = pattern.replace(/\\?[.*+?^${}()|[\]\\_%]/g, (found) => {
    if (found === '%') return '[\\s\\S]*';
    if (found === '_') return '[\\s\\S]';
    return `\\${found.at(-1)}`;
  });
  return new RegExp(`^${escaped}$`, 'i');
}

/** IN ACCOUNT, DATABASE d, SCHEMA d.s, TABLE t, or a schema's bare name; the session's place otherwise. */
function readPlace(run: Run, cursor: Cursor): Place {
  const { database, schema } = run.session;
  if (!cursor.accept('IN')) return { database, schema, table: undefined };
  if (cursor.accept('ACCOUNT')) return { database: undefined, schema: undefined, table: undefined };
  if (cursor.accept('DATABASE')) {
    const name =
      cursor.peek()?.kind === 'word' && !cursor.sees('STARTS') && !cursor.sees('LIMIT')
        ? cursor.expectName()
        : quoted(cursor);
    return { database: name ?? database, schema: undefined, table: undefined };
  }
  if (cursor.accept('TABLE') || cursor.accept('VIEW')) return { database, schema, table: cursor.expectPath() };
  cursor.accept('SCHEMA');
  const [name = schema, container = database] = cursor.expectPath().reverse();
  return { database: container, schema: name, table: undefined };
}

const quoted = (cursor: Cursor): string | undefined =>
  cursor.peek()?.kind === 'quoted' ? cursor.expectName() : undefined;

const moment: SqlType = { name: 'TIMESTAMP_LTZ', precision: 0, scale: 3 };
const typed: Readonly<Record<string, SqlType>> = {
  created_on: moment,
  started_on: moment,
  data_timestamp: moment,
  rows: wholeNumber,
  bytes: wholeNumber,
};

/** An answer of SHOW: texts, but for moments and counts. */
export function table(columns: readonly string[], rows: readonly (readonly Cell[])[]): Outcome {
  return {
    columns: columns.map((name) => ({ name, type: typed[name] ?? anyText, nullable: true })),
    rows,
    typeId: typeIds.select,
  };
}
