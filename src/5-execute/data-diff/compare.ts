import {
  type Cell,
  type Column,
  type ColumnDifference,
  type DataDifference,
  error,
  Problem,
  type RowDifference,
  type Session,
  type Statements,
  type Table,
} from '../../core/index.ts';
import { bucketQuery } from './bucket-query.ts';
import { type Comparison, changesQuery, type Difference, differenceQuery } from './difference-query.ts';
import { type DiffRequest, isRetyped, pairColumns, type SharedColumn } from './sides.ts';

const defaultRowLimit = 1_000_000;
/** As many as a list in a condition may well be; with more, looking at everything is no slower. */
const longestList = 2_000;

/** Planning the second statement takes time with the square of the columns that it tells of. */
const columnsOfQuery = 60;

/**
 * Compares two sets of rows in one or two statements: the first tells in which parts they differ, the second compares
 * the rows of these. Of very many columns, another one tells which differ, and of so many of them as it takes there is
 * one each. Throws `Problem` where a key column is missing, and `StatementError`.
 */
export async function compareData(
  request: DiffRequest,
  session: Session,
  statements: Statements,
): Promise<DataDifference> {
  const { shared, added, removed } = pairColumns(request.before.columns, request.after.columns);
  const named = request.key.map((name) => keyColumn(name, shared, request));
  const key = named.length === 0 ? shared : named;
  const values = shared.filter((column) => !key.includes(column));
  const parts = await session.query(bucketQuery(request, key, shared, statements));
  const scope = scopeOf(parts, request.rowLimit ?? defaultRowLimit);
  const comparison = { request, key, values, inScope: scope.condition, statements };
  const found = scope.parts === 0 ? undefined : await differencesOf(comparison, session);
  const kinds: Readonly<Record<Difference, RowDifference>> = {
    added: rowDifference('added', found),
    removed: rowDifference('removed', found),
    changed: rowDifference('changed', found),
    repeated: rowDifference('repeated', found),
  };
  return {
    rows: scope.rows,
    columns: { added, removed, retyped: shared.filter(isRetyped).map(retyping) },
    key: named.map(({ name }) => name),
    ...kinds,
    values: values.map((column) => columnDifference(column, found)),
    compared: scope.rows.before - kinds.removed.before - kinds.repeated.before,
    sample: scope.sample,
  };
}

/** The rows of `differenceQuery`. */
async function differencesOf(comparison: Comparison, session: Session): Promise<readonly (readonly Cell[])[]> {
  const { values } = comparison;
  if (values.length <= columnsOfQuery) return (await session.query(differenceQuery(comparison, new Set(values)))).rows;
  const [counts = []] = (await session.query(changesQuery(comparison))).rows;
  const changed = values.filter((_, at) => Number(counts[at]) > 0);
  const found: (readonly Cell[])[] = [];
  // Once at least: where no column differs, rows may have come or gone. The rest tells only of its columns.
  for (let at = 0; at === 0 || at < changed.length; at += columnsOfQuery) {
    const shown = new Set(changed.slice(at, at + columnsOfQuery));
    const { rows } = await session.query(differenceQuery(comparison, shown));
    found.push(...(at === 0 ? rows : rows.filter(isOfColumn)));
  }
  return found;
}

const isOfColumn = ([what, name]: readonly Cell[]): boolean => what === 'column' || String(name).startsWith('column ');

function keyColumn(name: string, shared: readonly SharedColumn[], { before, after }: DiffRequest): SharedColumn {
  const wanted = name.toLowerCase();
  const found = shared.find((column) => column.name.toLowerCase() === wanted);
  if (found) return found;
  const has = (columns: readonly Column[]): boolean => columns.some((column) => column.name.toLowerCase() === wanted);
  const where = has(before.columns) ? 'after' : has(after.columns) ? 'before' : 'on either side';
  throw new Problem(
    error('cli/diff-key', `The key column '${name}' is missing ${where}, so rows cannot be matched by it`, {
      hint: 'Name the columns of the key with --key, or compare whole rows with --key ""',
    }),
  );
}

interface Scope {
  readonly rows: DataDifference['rows'];
  /** How many parts differ. */
  readonly parts: number;
  /** Which of them are looked at, as a condition for a part's number; undefined: all. */
  readonly condition: ((bucket: string) => string) | undefined;
  readonly sample: DataDifference['sample'];
}

/** Which parts are looked at: those that differ, or as many of them as the limit of rows allows. */
function scopeOf(found: Table, rowLimit: number): Scope {
  const rows = { before: 0, after: 0 };
  const differing: { readonly bucket: number; readonly rows: number }[] = [];
  for (const [bucket, before, after] of found.rows) {
    rows.before += Number(before);
    rows.after += Number(after);
    if (bucket !== null) differing.push({ bucket: Number(bucket), rows: Math.max(Number(before), Number(after)) });
  }
  const parts = differing.length;
  const of = differing.reduce((sum, part) => sum + part.rows, 0);
  if (of <= rowLimit) {
    const list = differing.map(({ bucket }) => bucket).join(', ');
    const condition = parts > longestList ? undefined : (bucket: string) => `${bucket} in (${list})`;
    return { rows, parts, condition, sample: undefined };
  }
  // Hashes divide the rows: the parts up to some number are as good as chosen by chance, and the same every time.
  differing.sort((left, right) => left.bucket - right.bucket);
  let [looked, last] = [0, Number.NEGATIVE_INFINITY];
  for (const part of differing) {
    if (looked > 0 && looked + part.rows > rowLimit) break;
    looked += part.rows;
    last = part.bucket;
  }
  return { rows, parts, condition: (bucket) => `${bucket} <= ${last}`, sample: { rows: looked, of } };
}

function rowDifference(kind: Difference, found: Findings): RowDifference {
  const [row] = rowsOf(found, 'rows', kind);
  const examples = rowsOf(found, 'example', kind).map((example) => String(example[5]));
  return { keys: Number(row?.[2] ?? 0), before: Number(row?.[3] ?? 0), after: Number(row?.[4] ?? 0), examples };
}

function columnDifference({ name }: SharedColumn, found: Findings): ColumnDifference {
  const [row] = rowsOf(found, 'column', name);
  const examples = rowsOf(found, 'example', `column ${name}`).map((example) => ({
    key: String(example[5]),
    before: textOf(example[6]),
    after: textOf(example[7]),
  }));
  return { name, changed: Number(row?.[2] ?? 0), examples };
}

type Findings = readonly (readonly Cell[])[] | undefined;

function rowsOf(found: Findings, what: string, name: string): readonly (readonly Cell[])[] {
  return found?.filter((row) => row[0] === what && row[1] === name) ?? [];
}

const textOf = (cell: Cell | undefined): string | null => (cell === null || cell === undefined ? null : String(cell));

const retyping = ({ name, before, after }: SharedColumn) => ({ name, before: before.type, after: after.type });
