import type { Cell, Relation, Table } from '../../../core/index.ts';
import { literal, renderRelation } from '../naming.ts';

/**
 * Which files a table has the rows of. It stands beside the table and is written in the transaction that loads the files, so
 * that both say the same whenever a process dies; Snowflake's own history of loads ends after 64 days, and knows nothing
 * of rows that were taken away again.
 */
const columns = {
  source: 'varchar',
  file: 'varchar',
  fingerprint: 'varchar',
  rows_loaded: 'bigint',
  errors_seen: 'bigint',
  first_error: 'varchar',
  run_id: 'varchar',
  at_ms: 'bigint',
};

export interface LoadedFile {
  readonly file: string;
  readonly fingerprint: string;
  readonly rows: number;
  readonly errors: number;
  readonly firstError: string | null;
}

export const ledgerFor = ({ database, schema, quote }: Relation): Relation => ({
  database,
  schema,
  identifier: 'ingot_loaded_files',
  ...(quote ? { quote: { ...quote, identifier: false } } : {}),
});

export function createLedger(ledger: Relation): string {
  const lines = Object.entries(columns).map(([name, type]) => `  ${name} ${type}`);
  return `create table if not exists ${renderRelation(ledger)} (\n${lines.join(',\n')}\n)`;
}

/** A file that was loaded again has several rows, of which the last counts. */
export function readLedger(ledger: Relation, sourceId: string): string {
  return [
    'select file, fingerprint',
    `from ${renderRelation(ledger)}`,
    `where source = ${literal(sourceId)}`,
    'qualify row_number() over (partition by file order by at_ms desc) = 1',
  ].join('\n');
}

/** Fingerprints by file. */
export function ledgerRows({ rows }: Table): ReadonlyMap<string, string> {
  const text = (cell: Cell | undefined): string => String(cell ?? '');
  return new Map(rows.map(([file, fingerprint]) => [text(file), text(fingerprint)]));
}

export function writeLedger(
  ledger: Relation,
  files: readonly LoadedFile[],
  { sourceId, runId, at }: { readonly sourceId: string; readonly runId: string; readonly at: number },
): string {
  const lines = files.map(({ file, fingerprint, rows, errors, firstError }) => {
    const texts = [sourceId, file, fingerprint].map(literal);
    const error = firstError === null ? 'null' : literal(firstError);
    return `  (${[...texts, rows, errors, error, literal(runId), Math.round(at)].join(', ')})`;
  });
  return `insert into ${renderRelation(ledger)} (${Object.keys(columns).join(', ')})\nvalues\n${lines.join(',\n')}`;
}

/** Nothing is known to be loaded any more. */
export function forgetFiles(ledger: Relation, sourceId: string): string {
  return `delete from ${renderRelation(ledger)} where source = ${literal(sourceId)}`;
}
