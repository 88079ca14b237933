import {
  type Diagnostic,
  error,
  Problem,
  type Session,
  type SourceFiles,
  type Table,
  transact,
} from '../../../core/index.ts';
import { cellsByName } from '../list-relations.ts';
import { statements } from '../statements.ts';
import { copyFiles, countRows, deleteFiles } from './copy-statements.ts';
import type { FileColumn } from './file-columns.ts';
import { type LoadedFile, ledgerFor, writeLedger } from './file-ledger.ts';
import type { FileSettings } from './file-settings.ts';
import { type ListedFile, nameBelow, nameInBucket } from './listed-files.ts';

type Sender = Pick<Session, 'query' | 'execute'>;

/** What became of a file. */
export interface Outcome extends LoadedFile {
  /** Whether something of the file is in the table. */
  readonly isLoaded: boolean;
}

export interface Loading {
  readonly files: SourceFiles;
  readonly settings: FileSettings;
  readonly columns: readonly FileColumn[];
  readonly address: string | undefined;
}

/** Some files could not be loaded: what was there of them is to stay, so nothing of it all is to be done. */
class Unloaded extends Error {
  readonly outcomes: readonly Outcome[];

  constructor(outcomes: readonly Outcome[]) {
    super('some files could not be loaded');
    this.outcomes = outcomes;
  }
}

/**
 * Puts the rows of some files in the place of what a table has of them, all in one transaction. Files that cannot be loaded
 * are found out by trying; the others are loaded without them.
 */
export async function replaceFiles(
  fresh: readonly ListedFile[],
  loading: Loading,
  by: Sender,
): Promise<readonly Outcome[]> {
  try {
    return await transact(
      (sql) => by.execute(sql),
      statements,
      () => replaceTogether(fresh, loading, by),
    );
  } catch (failure) {
    if (!(failure instanceof Unloaded)) throw failure;
    const left = failure.outcomes.filter(({ isLoaded }) => !isLoaded);
    const rest = fresh.filter(({ name }) => !left.some(({ file }) => file === name));
    return [...left, ...(rest.length > 0 ? await replaceFiles(rest, loading, by) : [])];
  }
}

/** One transaction's work. Throws `Unloaded`, and `Problem` where the rows that came are not those of the files. */
async function replaceTogether(
  fresh: readonly ListedFile[],
  { files, settings, columns, address }: Loading,
  by: Sender,
): Promise<readonly Outcome[]> {
  const { table, location } = files;
  const inTable = fresh.map(nameInBucket);
  await by.execute(deleteFiles(table, inTable));
  const names = fresh.map((file) => nameBelow(file, location, address));
  const copied = await by.query(copyFiles(table, location, names, columns, settings));
  const outcomes = outcomesOf(copied, fresh);
  if (outcomes.some(({ isLoaded }) => !isLoaded)) throw new Unloaded(outcomes);
  const rows = outcomes.reduce((sum, one) => sum + one.rows, 0);
  const found = await by.query(countRows(table, inTable));
  if (Number(found.rows[0]?.[0]) !== rows) throw new Problem(notAsCopied(files, Number(found.rows[0]?.[0]), rows));
  await by.execute(writeLedger(ledgerFor(table), outcomes, files));
  return outcomes;
}

/** The rows of `copy into`, one a file. One that is missing there was not loaded, and is tried again the next time. */
function outcomesOf(answer: Table, fresh: readonly ListedFile[]): readonly Outcome[] {
  const read = cellsByName(answer);
  const rows = new Map(answer.rows.map((row) => [read(row, 'file'), row]));
  return fresh.map(({ name, fingerprint }) => {
    const row = rows.get(name);
    if (!row) return { file: name, fingerprint, rows: 0, errors: 1, firstError: 'it was not loaded', isLoaded: false };
    return {
      file: name,
      fingerprint,
      rows: Number(read(row, 'rows_loaded')),
      errors: Number(read(row, 'errors_seen')),
      firstError: read(row, 'first_error') || null,
      isLoaded: /^(partially_)?loaded$/i.test(read(row, 'status')),
    };
  });
}

const notAsCopied = ({ sourceId }: SourceFiles, found: number, copied: number): Diagnostic =>
  error(
    'snowflake/file-names',
    `${copied} rows of files were loaded for ${sourceId}, but ${found} are found by the files' names`,
    {
      hint: 'Nothing was changed. Leave metadata_filename of the table as it is; if you did, this is a bug of Ingot.',
    },
  );
