import type { Run } from '../engine/account.ts';
import type { Cursor } from '../sql/cursor.ts';
import { firstToken } from '../sql/nodes.ts';

/** What may stand between a name and its query: kept as facts, with the words they were written in. */
const clauses: readonly (readonly string[])[] = [
  ['CLUSTER', 'BY'],
  ['COPY', 'GRANTS'],
  ['COPY', 'TAGS'],
  ['WITH', 'ROW', 'ACCESS', 'POLICY'],
  ['ROW', 'ACCESS', 'POLICY'],
  ['WITH', 'TAG'],
  ['TAG'],
  ['IMMUTABLE', 'WHERE'],
  ['PARTITION', 'BY'],
  ['WITH', 'MANAGED', 'ACCESS'],
];

const settings = new Set([
  'COMMENT',
  'CHANGE_TRACKING',
  'DATA_RETENTION_TIME_IN_DAYS',
  'MAX_DATA_EXTENSION_TIME_IN_DAYS',
  'ENABLE_SCHEMA_EVOLUTION',
  'TARGET_LAG',
  'WAREHOUSE',
  'INITIALIZATION_WAREHOUSE',
  'REFRESH_MODE',
  'INITIALIZE',
  'SCHEDULER',
  'EXTERNAL_VOLUME',
  'CATALOG',
  'BASE_LOCATION',
  'TARGET_FILE_SIZE',
  'AUTO_REFRESH',
  'ICEBERG_VERSION',
  'STORAGE_SERIALIZATION_POLICY',
  'START',
  'INCREMENT',
]);

export const settingNames: ReadonlySet<string> = settings;

/** Reads options up to AS or the end: `cluster by (a) comment = 'x' target_lag = '1 hour'`. */
export function readOptions(run: Run, cursor: Cursor): Map<string, string> {
  const found = new Map<string, string>();
  while (!cursor.done && !cursor.sees('AS')) {
    const words = clauses.find((clause) => cursor.accept(...clause));
    if (words) readClause(run, cursor, words.filter((word) => word !== 'WITH').join(' '), found);
    else if (cursor.seesAny(settings)) {
      const name = cursor.expectWord();
      cursor.acceptSymbol('=');
      found.set(name, settingValue(cursor));
    } else throw cursor.unexpected();
  }
  return found;
}

/** A setting's value: a text, a name, a number. */
export function settingValue(cursor: Cursor): string {
  const node = cursor.next();
  if (node.kind === 'group') throw cursor.unexpected();
  const signed = node.text === '-' ? `-${firstToken(cursor.next()).text}` : undefined;
  return signed ?? node.value;
}

function readClause(run: Run, cursor: Cursor, name: string, found: Map<string, string>): void {
  if (name.startsWith('COPY') || name === 'MANAGED ACCESS') {
    found.set(name, 'true');
    return;
  }
  const policy = name.startsWith('ROW ACCESS') ? cursor.expectPath().join('.') : '';
  if (policy !== '') cursor.expect('ON');
  const group = cursor.expectGroup();
  found.set(name, policy + groupText(run, group.open.start));
}

/** A bracket as it is written. */
export function groupText(run: Pick<Run, 'sql'>, start: number): string {
  let depth = 0;
  for (let offset = start; offset < run.sql.length; offset += 1) {
    if (run.sql[offset] === '(') depth += 1;
    if (run.sql[offset] === ')') depth -= 1;
    if (depth === 0) return run.sql.slice(start, offset + 1);
  }
  return run.sql.slice(start);
}
