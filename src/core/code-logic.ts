import type { Table } from './adapter.ts';
import { ledgerOf } from './ledger.ts';
import type { Relation } from './relation.ts';
import type { Statements } from './statements.ts';

/**
 * What a version of code makes of what it reads, column by column: hashes that tell which of two versions' columns are
 * worked out in the same way.
 */
export interface CodeLogic {
  /** Of all that decides which rows there are. */
  readonly rows: string;
  /** By what names of columns are compared by. */
  readonly columns: Readonly<Record<string, string>>;
  /** Of columns that are not listed, because those of a table are not known; null where all are listed. */
  readonly rest: string | null;
}

/** The logic of a version of a node's code. */
export interface RecordedLogic {
  /** Unique id. */
  readonly asset: string;
  readonly codeVersion: string;
  readonly logic: CodeLogic;
}

/** The table beside the ledger in which versions of code are described, each once. */
export function codeLogicOf(relation: Relation): Relation {
  return { ...ledgerOf(relation), identifier: '__ingot_code_versions' };
}

export function createCodeLogic(table: Relation, statements: Statements): string {
  const columns = ['asset', 'code_version', 'logic'].map((name) => `  ${name} varchar`);
  return `create table if not exists ${statements.renderRelation(table)} (\n${columns.join(',\n')}\n)`;
}

/** Writes it unless it is there; two processes may both write it, which does no harm. */
export function writeCodeLogic(table: Relation, entry: RecordedLogic, statements: Statements): string {
  const { asset, codeVersion, logic } = entry;
  const [ofAsset, ofVersion, text] = [asset, codeVersion, JSON.stringify(logic)].map((text) =>
    statements.literal(text),
  );
  const name = statements.renderRelation(table);
  const known = `select 1 from ${name} where asset = ${ofAsset} and code_version = ${ofVersion}`;
  return `insert into ${name} (asset, code_version, logic)\nselect ${ofAsset}, ${ofVersion}, ${text}\nwhere not exists (${known})`;
}

/** A query for what is known of some assets' versions; `recordedLogics` reads its rows. */
export function readCodeLogic(tables: readonly Relation[], assets: readonly string[], statements: Statements): string {
  const list = assets.map((asset) => statements.literal(asset)).join(', ');
  return tables
    .map(
      (table) => `select asset, code_version, logic from ${statements.renderRelation(table)} where asset in (${list})`,
    )
    .join('\nunion all\n');
}

/** The rows of `readCodeLogic`. What cannot be read, a newer Ingot may have written: it counts as unknown. */
export function recordedLogics({ rows }: Table): RecordedLogic[] {
  return rows.flatMap(([asset, codeVersion, text]): RecordedLogic[] => {
    const logic = parsed(String(text ?? ''));
    return logic ? [{ asset: String(asset), codeVersion: String(codeVersion), logic }] : [];
  });
}

function parsed(text: string): CodeLogic | undefined {
  try {
    const { rows, columns, rest = null } = JSON.parse(text) as Partial<CodeLogic>;
    return typeof rows === 'string' && typeof columns === 'object' ? { rows, columns, rest } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What is worked out in another way by another version.
 *
 * @param used the columns that somebody reads; undefined: nobody knows, so all of them.
 * @returns `rows` where other rows may come out; else the columns, those that are read and those that are not.
 */
export function changedLogic(
  before: CodeLogic,
  after: CodeLogic,
  used: ReadonlySet<string> | undefined,
): 'rows' | { readonly read: readonly string[]; readonly unread: readonly string[] } {
  if (before.rows !== after.rows) return 'rows';
  const hashIn = ({ columns, rest }: CodeLogic, name: string): string | null =>
    Object.hasOwn(columns, name) ? (columns[name] ?? null) : rest;
  const names = new Set([...Object.keys(before.columns), ...Object.keys(after.columns), ...(used ?? [])]);
  const changed = [...names].filter((name) => hashIn(before, name) !== hashIn(after, name)).sort();
  const isRead = (name: string): boolean => used === undefined || used.has(name) || used.has('*');
  // Columns that nobody can list may all be other ones.
  if (before.rest !== after.rest && (used === undefined || used.has('*'))) return 'rows';
  return { read: changed.filter(isRead), unread: changed.filter((name) => !isRead(name)) };
}
