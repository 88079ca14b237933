import {
  type Diagnostic,
  type LoadedFiles,
  type Session,
  type SourceFiles,
  StatementError,
  warning,
} from '../../../core/index.ts';
import { literal } from '../naming.ts';
import { createExternalTable, createFileTable, createPlaces, refreshExternalTable } from './copy-statements.ts';
import { copiedColumns, externalColumns } from './file-columns.ts';
import { createLedger, forgetFiles, ledgerFor, ledgerRows, readLedger } from './file-ledger.ts';
import { type FileSettings, fileSettings } from './file-settings.ts';
import { type Inferred, inferredColumns } from './inferred-columns.ts';
import { listedFiles, stageAddress, stageAndPath } from './listed-files.ts';
import { type Outcome, replaceFiles } from './replace-files.ts';

/** Snowflake takes no more names than these in one `copy into`. */
const filesAtOnce = 1000;

type Sender = Pick<Session, 'query' | 'execute'>;

/**
 * Fills a source's table from the files of its stage. A file that is not in the ledger, or was another then, is loaded in
 * one transaction with its entry there; what the table has of it goes in the same. So it is there once, whatever happened
 * before: a process that died, a file that was sent again, a table that somebody else had filled.
 */
export async function loadFiles(files: SourceFiles, by: Sender): Promise<LoadedFiles> {
  const settings = fileSettings(files);
  // A pipe brings the files by itself.
  if (settings.pipe) return { files: null, rows: null, warnings: [] };
  const isNew = !files.existing || files.anew;
  if (isNew) for (const sql of createPlaces(files.location, settings)) await by.execute(sql);
  if (settings.materialized === 'external_table') return refresh(files, settings, by);
  let known: Promise<Inferred> | undefined;
  const columnsOf = (): Promise<Inferred> => {
    known ??= columnsFor(files, settings, by);
    return known;
  };
  const before = await prepare(files, columnsOf, by);
  const there = listedFiles(await by.query(listFiles(files, settings)));
  const fresh = there.filter(({ name, fingerprint }) => before.get(name) !== fingerprint);
  if (fresh.length === 0) return { files: 0, rows: 0, warnings: [] };
  const { stage } = stageAndPath(files.location);
  const address = stageAddress(await by.query(`describe stage ${stage}`));
  const { columns, warnings } = await columnsOf();
  const outcomes: Outcome[] = [];
  for (let from = 0; from < fresh.length; from += filesAtOnce) {
    const some = fresh.slice(from, from + filesAtOnce);
    outcomes.push(...(await replaceFiles(some, { files, settings, columns, address }, by)));
  }
  return {
    files: outcomes.filter(({ isLoaded }) => isLoaded).length,
    rows: outcomes.reduce((sum, { rows }) => sum + rows, 0),
    warnings: [...warnings, ...outcomes.filter(({ errors }) => errors > 0).map((outcome) => leftOut(files, outcome))],
  };
}

/** The columns that are filled: those of the source, or those of its files. */
async function columnsFor(files: SourceFiles, settings: FileSettings, by: Sender): Promise<Inferred> {
  return settings.infer_schema && files.columns.length === 0
    ? inferredColumns(files, settings, by)
    : { columns: copiedColumns(files, settings), warnings: [] };
}

/** What is known to be in the table, which is made where it is not there. */
async function prepare(
  { table, existing, anew, sourceId }: SourceFiles,
  columnsOf: () => Promise<Inferred>,
  by: Sender,
): Promise<ReadonlyMap<string, string>> {
  const ledger = ledgerFor(table);
  if (existing && !anew) {
    const known = await by.query(readLedger(ledger, sourceId)).catch(unlessMissing);
    if (known) return ledgerRows(known);
  }
  await by.execute(createLedger(ledger));
  // First the ledger: if nothing comes after it, files are loaded again in place of themselves.
  await by.execute(forgetFiles(ledger, sourceId));
  if (!existing || anew) await by.execute(createFileTable(table, (await columnsOf()).columns, anew));
  return new Map();
}

function unlessMissing(failure: unknown): undefined {
  if (failure instanceof StatementError && failure.vendorCode === '002003') return undefined;
  throw failure;
}

const listFiles = ({ location }: SourceFiles, { pattern }: FileSettings): string =>
  `list ${location}${pattern ? ` pattern = ${literal(pattern)}` : ''}`;

/** An external table knows the files that were there when it was refreshed. */
async function refresh(files: SourceFiles, settings: FileSettings, by: Sender): Promise<LoadedFiles> {
  const { table, location, existing, anew } = files;
  if (!existing || anew) {
    await by.execute(createExternalTable(table, location, externalColumns(files, settings), settings, anew));
  } else if (settings.auto_refresh !== true) await by.execute(refreshExternalTable(table));
  return { files: null, rows: null, warnings: [] };
}

function leftOut({ sourceId }: SourceFiles, { file, errors, firstError, isLoaded }: Outcome): Diagnostic {
  const what = isLoaded
    ? `${errors} ${errors === 1 ? 'row' : 'rows'} of '${file}' were left out`
    : `'${file}' was left out`;
  return warning('snowflake/file-errors', `${what} of ${sourceId}: ${firstError ?? 'no reason was given'}`, {
    hint: isLoaded ? undefined : 'It is tried again in every build, until it is repaired or taken away.',
  });
}
