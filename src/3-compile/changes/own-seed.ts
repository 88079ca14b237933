import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ChangeReason, SeedNode } from '../../core/index.ts';
import { differs, type MeaningDifference, sameMeaning } from './meaning.ts';

/** What is other in a seed's file. */
export interface SeedFindings {
  readonly reasons: readonly ChangeReason[];
  readonly difference: MeaningDifference;
  /** Whether the rows were compared; else any other text counts. */
  readonly understood: boolean;
}

/** Larger files are only compared as a whole. */
const mostBytes = 1 << 20;

/**
 * Compares the contents of two seeds.
 *
 * @param keyOf what the name of a column is compared by.
 * @param hasFiles whether the files of both are there. Else only their checksums tell whether they are the same.
 */
export function compareSeed(
  before: SeedNode,
  after: SeedNode,
  keyOf: (column: string) => string,
  hasFiles: boolean,
): SeedFindings | undefined {
  if (isSameFile(before, after, hasFiles)) return undefined;
  const [then, now] = hasFiles ? [readTable(before, keyOf), readTable(after, keyOf)] : [];
  if (!then || !now) return whole(after);
  const difference = compareTables(then, now);
  if (!differs(difference)) return undefined;
  const place = { span: after.origin.definition };
  const [fewer, more] = [then.rows.length, now.rows.length];
  const text = fewer === more ? 'Its file has other rows' : `Its file has ${more} rows and had ${fewer}`;
  const reasons: ChangeReason[] = difference.rows ? [{ part: 'seed', class: 'rows', text, ...place }] : [];
  return { reasons, difference, understood: true };
}

/** Of a large file the checksum is that of its path. */
function isSameFile(before: SeedNode, after: SeedNode, hasFiles: boolean): boolean {
  const isSame = before.checksum.name === after.checksum.name && before.checksum.checksum === after.checksum.checksum;
  if (!isSame || !hasFiles || after.checksum.name === 'sha256') return isSame;
  try {
    return readFileSync(pathOf(before)).equals(readFileSync(pathOf(after)));
  } catch {
    return false;
  }
}

function whole(after: SeedNode): SeedFindings {
  const reason: ChangeReason = {
    part: 'seed',
    class: 'rows',
    text: 'Its file is another',
    span: after.origin.definition,
  };
  return { reasons: [reason], difference: { ...sameMeaning, rows: true }, understood: false };
}

const pathOf = ({ root_path: root, original_file_path: file }: SeedNode): string => join(root, file);

interface SeedTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Undefined for a file that is too large, or no table. */
function readTable(node: SeedNode, keyOf: (column: string) => string): SeedTable | undefined {
  const delimiter = typeof node.config.delimiter === 'string' ? node.config.delimiter : ',';
  try {
    const path = pathOf(node);
    if (statSync(path).size > mostBytes) return undefined;
    const text = readFileSync(path, 'utf8');
    const [header = [], ...rows] = parse(text, { delimiter, bom: true, relaxQuotes: true, trim: true }) as string[][];
    return { columns: header.map(keyOf), rows };
  } catch {
    return undefined;
  }
}

/** The columns are told by name, the rows by the first column if it has every value once, else by all they hold. */
function compareTables(then: SeedTable, now: SeedTable): MeaningDifference {
  const added = now.columns.filter((name) => !then.columns.includes(name));
  const removed = then.columns.filter((name) => !now.columns.includes(name));
  const shared = now.columns.filter((name) => then.columns.includes(name));
  const valuesOf = (table: SeedTable, names: readonly string[]): string[] => {
    const places = names.map((name) => table.columns.indexOf(name));
    return table.rows.map((row) => JSON.stringify(places.map((place) => row[place] ?? '')));
  };
  const found: MeaningDifference = { ...sameMeaning, added, removed, reordered: !sameList(then.columns, now.columns) };
  if (sameList(valuesOf(then, shared).sort(), valuesOf(now, shared).sort())) return found;
  const [key] = shared;
  if (key === undefined) return { ...found, rows: true };
  const [keysThen, keysNow] = [valuesOf(then, [key]), valuesOf(now, [key])];
  const isKey = new Set(keysThen).size === keysThen.length && new Set(keysNow).size === keysNow.length;
  if (!isKey || !sameList([...keysThen].sort(), [...keysNow].sort())) return { ...found, rows: true };
  const values = shared.filter((name) => {
    const [one, other] = [then, now].map((table) => valuesOf(table, [key, name]).sort());
    return !sameList(one!, other!);
  });
  return { ...found, values };
}

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value, index) => value === other[index]);
