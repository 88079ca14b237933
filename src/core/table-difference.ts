import type { Cell } from './adapter.ts';

/** What two tables with the same columns do not have in common; the order of rows says nothing. */
export interface TableDifference {
  readonly columns: readonly string[];
  /** In the order of their values. */
  readonly rows: readonly DifferentRow[];
  /** How many rows both have. */
  readonly equal: number;
}

/** Values as text; null is null. */
export type ShownRow = readonly (string | null)[];

export type DifferentRow =
  | {
      readonly kind: 'changed';
      readonly expected: ShownRow;
      readonly actual: ShownRow;
      /** Places of the columns that differ. */
      readonly columns: readonly number[];
    }
  | { readonly kind: 'missing'; readonly expected: ShownRow }
  | { readonly kind: 'extra'; readonly actual: ShownRow };

/** With more pairs of rows than these, rows are only taken for the same where they begin the same. */
const mostPairs = 40_000;

/** How two tables differ; undefined where they have the same rows, each as often. */
export function tableDifference(
  columns: readonly string[],
  actual: readonly (readonly Cell[])[],
  expected: readonly (readonly Cell[])[],
): TableDifference | undefined {
  const left = countRows(actual);
  const right = countRows(expected);
  let equal = 0;
  for (const [key, found] of left) {
    const wanted = right.get(key);
    if (wanted === undefined) continue;
    const both = Math.min(found.length, wanted.length);
    equal += both;
    found.splice(0, both);
    wanted.splice(0, both);
  }
  const extra = [...left.values()].flat().sort(compareRows);
  const missing = [...right.values()].flat().sort(compareRows);
  if (extra.length === 0 && missing.length === 0) return undefined;
  return { columns, rows: paired(extra, missing).sort((a, b) => compareRows(sortKey(a), sortKey(b))), equal };
}

function countRows(rows: readonly (readonly Cell[])[]): Map<string, ShownRow[]> {
  const counted = new Map<string, ShownRow[]>();
  for (const row of rows) {
    const shown = row.map(cellText);
    const key = JSON.stringify(shown);
    const known = counted.get(key);
    if (known === undefined) counted.set(key, [shown]);
    else known.push(shown);
  }
  return counted;
}

/** A value as text, exact: two values have the same text when they are the same. */
function cellText(cell: Cell): string | null {
  if (cell === null || typeof cell === 'string') return cell;
  if (typeof cell === 'object') {
    return JSON.stringify(cell, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  }
  return Object.is(cell, -0) ? '0' : String(cell);
}

/** Finds for each missing row the extra row that it is most like: a row of which some values are wrong. */
function paired(extra: readonly ShownRow[], missing: readonly ShownRow[]): DifferentRow[] {
  const candidates =
    extra.length * missing.length > mostPairs ? candidatesByStart(extra, missing) : allCandidates(extra, missing);
  candidates.sort((a, b) => b.likeness - a.likeness);
  const usedExtra = new Set<number>();
  const usedMissing = new Set<number>();
  const rows: DifferentRow[] = [];
  for (const { extraAt, missingAt } of candidates) {
    if (usedExtra.has(extraAt) || usedMissing.has(missingAt)) continue;
    usedExtra.add(extraAt);
    usedMissing.add(missingAt);
    rows.push(changed(extra[extraAt] ?? [], missing[missingAt] ?? []));
  }
  for (const [at, row] of missing.entries()) if (!usedMissing.has(at)) rows.push({ kind: 'missing', expected: row });
  for (const [at, row] of extra.entries()) if (!usedExtra.has(at)) rows.push({ kind: 'extra', actual: row });
  return rows;
}

interface Candidate {
  readonly extraAt: number;
  readonly missingAt: number;
  readonly likeness: number;
}

function allCandidates(extra: readonly ShownRow[], missing: readonly ShownRow[]): Candidate[] {
  const found: Candidate[] = [];
  for (const [extraAt, actual] of extra.entries()) {
    for (const [missingAt, expected] of missing.entries()) {
      const likeness = likenessOf(actual, expected);
      if (likeness > 0) found.push({ extraAt, missingAt, likeness });
    }
  }
  return found;
}

function candidatesByStart(extra: readonly ShownRow[], missing: readonly ShownRow[]): Candidate[] {
  const starts = new Map<string | null, number[]>();
  for (const [at, row] of missing.entries()) {
    const start = row[0] ?? null;
    starts.set(start, [...(starts.get(start) ?? []), at]);
  }
  return extra.flatMap((row, extraAt) => {
    const missingAt = starts.get(row[0] ?? null)?.shift();
    return missingAt === undefined ? [] : [{ extraAt, missingAt, likeness: 1 }];
  });
}

/** How much two rows look like the same one, which is mostly told by the first column; 0: they are two. */
function likenessOf(actual: ShownRow, expected: ShownRow): number {
  const same = expected.filter((value, at) => actual[at] === value).length;
  if (actual[0] === expected[0]) return same + 1;
  return same * 2 > expected.length ? same : 0;
}

function changed(actual: ShownRow, expected: ShownRow): DifferentRow {
  const columns = expected.flatMap((value, at) => (actual[at] === value ? [] : [at]));
  return { kind: 'changed', actual, expected, columns };
}

const sortKey = (row: DifferentRow): ShownRow => (row.kind === 'extra' ? row.actual : row.expected);

/** Numbers by their size, texts by their letters, null last. */
function compareRows(a: ShownRow, b: ShownRow): number {
  for (const [at, left] of a.entries()) {
    const order = compareValues(left, b[at] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  const [left, right] = [Number(a), Number(b)];
  if (!Number.isNaN(left) && !Number.isNaN(right) && left !== right) return left - right;
  return a < b ? -1 : 1;
}
