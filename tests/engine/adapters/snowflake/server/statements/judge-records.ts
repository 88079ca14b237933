import type { Run } from '../engine/account.ts';
import type { Table } from '../engine/catalog.ts';
import { fromEngine } from '../engine/engine-errors.ts';
import { SqlError, unsupported } from '../errors.ts';
import type { Load } from '../files/load-history.ts';
import { advice, type Records, recordNumber } from '../files/records.ts';
import type { StagedFile } from '../files/stage.ts';
import { engineColumns } from './column-definitions.ts';

/** What becomes of a file. */
export interface Verdict {
  readonly file: StagedFile;
  readonly parsed: number;
  readonly loaded: number;
  readonly errors: number;
  readonly firstError: { readonly message: string; readonly line: number } | undefined;
  readonly status: Load['status'];
  /** Numbers of the records that are left out. */
  readonly left: readonly number[];
}

/**
 * Tries the records on a table like the target, all at once and, when some cannot be loaded, one by one. Throws what
 * ABORT_STATEMENT ends with.
 */
export async function judge(
  run: Run,
  table: Table,
  records: Records,
  insert: (into: string, where: string) => string,
  onError: string,
): Promise<readonly Verdict[]> {
  const connection = await run.account.engine.connect(run.parameter('TIMEZONE'));
  const trial = 'temp.trial';
  const fails = async (where: string): Promise<SqlError | undefined> => {
    try {
      await connection.run(insert(trial, where));
      return undefined;
    } catch (error) {
      const told = fromEngine(error, run.sql);
      if (told instanceof SqlError) return told;
      throw told;
    }
  };
  try {
    await connection.run(`CREATE TEMP TABLE trial (${engineColumns(run, table.columns)})`);
    const isFine = (await fails('')) === undefined;
    const verdicts: Verdict[] = [];
    for (const { file, from, lines } of records.files) {
      const wrong: { readonly number: number; readonly line: number; readonly error: SqlError }[] = [];
      for (const [index, line] of isFine ? [] : lines.entries()) {
        const error = await fails(` WHERE ${recordNumber} = ${from + index}`);
        if (error && onError === 'ABORT_STATEMENT') throw aborted(error, file, line, index + 1);
        if (error) wrong.push({ number: from + index, line, error });
      }
      verdicts.push(verdictOf(file, from, lines.length, wrong, onError));
    }
    return verdicts;
  } finally {
    connection.closeSync();
  }
}

function verdictOf(
  file: StagedFile,
  from: number,
  parsed: number,
  wrong: readonly { readonly number: number; readonly line: number; readonly error: SqlError }[],
  onError: string,
): Verdict {
  const [first] = wrong;
  const facts = {
    file,
    parsed,
    errors: wrong.length,
    firstError: first && { message: first.error.message, line: first.line },
  };
  if (!first) return { ...facts, loaded: parsed, status: 'LOADED', left: [] };
  if (onError === 'CONTINUE') {
    const left = wrong.map(({ number }) => number);
    const status = left.length === parsed ? 'LOAD_FAILED' : 'PARTIALLY_LOADED';
    return { ...facts, loaded: parsed - left.length, status, left };
  }
  if (onError !== 'SKIP_FILE') throw unsupported(`ON_ERROR = ${onError}`);
  const left = Array.from({ length: parsed }, (_, index) => from + index);
  return { ...facts, loaded: 0, status: 'LOAD_FAILED', left };
}

const aborted = ({ code, sqlState, message }: SqlError, file: StagedFile, line: number, row: number): SqlError =>
  new SqlError(code, sqlState, `${message}\n  File '${file.name}', line ${line}, character 1\n  Row ${row}\n${advice}`);
