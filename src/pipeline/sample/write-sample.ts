import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cell, type Column, error, makeFolder, Problem, type Session, type Statements } from '../../core/index.ts';
import { type RecordedSample, type RecordedTable, sampleFile } from './sample-file.ts';
import { literalOf, shuffled } from './sample-rows.ts';

/** A table as it will be recorded. */
export interface WrittenTable extends Omit<RecordedTable, 'file' | 'rows'> {
  /** With the types of the warehouse that writes. */
  readonly written: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Rows that one statement brings into a table. */
const rowsPerInsert = 500;

/**
 * Writes a sample into a folder. Files are written aside and named after what is in them; the moment in which the list of
 * them is renamed is the one in which the new sample takes the place of the old, whose files go then.
 *
 * @param session of an empty warehouse in this process.
 */
export async function writeSample(
  folder: string,
  sample: Omit<RecordedSample, 'tables'>,
  tables: readonly WrittenTable[],
  { session, statements }: { readonly session: Session; readonly statements: Statements },
): Promise<RecordedSample> {
  makeFolder(folder);
  const recorded: RecordedTable[] = [];
  for (const { id, relation, referred, columns, written, rows } of tables) {
    const aside = join(folder, `${id}.${unfinished}`);
    await writeRows(aside, written, shuffled(rows), session, statements);
    const fingerprint = createHash('sha256').update(readFileSync(aside)).digest('hex').slice(0, 12);
    const file = `${id}.${fingerprint}.parquet`;
    renameSync(aside, join(folder, file));
    recorded.push({ id, relation, file, rows: rows.length, referred, columns });
  }
  const whole = { ...sample, tables: recorded };
  const aside = join(folder, `sample.${unfinished}`);
  writeFileSync(aside, `${JSON.stringify(whole, null, 2)}\n`);
  renameSync(aside, join(folder, sampleFile));
  removeOthers(folder, new Set(recorded.map(({ file }) => file)));
  return whole;
}

const unfinished = 'unfinished';

/** What an earlier sample left, or one that was killed; other files in the folder are not ours. */
function removeOthers(folder: string, current: ReadonlySet<string>): void {
  for (const file of readdirSync(folder)) {
    const isOurs = /^\w+\..+\.[\da-f]{12}\.parquet$/.test(file) || file.endsWith(`.${unfinished}`);
    if (isOurs && !current.has(file)) rmSync(join(folder, file));
  }
}

async function writeRows(
  file: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  session: Session,
  statements: Statements,
): Promise<void> {
  const { parquet } = statements;
  if (!parquet) throw new Problem(error('targets/no-scratch', 'There is no warehouse in memory that writes files'));
  const relation = { database: null, schema: null, identifier: 'sampled' };
  await session.execute(statements.createTable(relation, columns, { temporary: true }));
  const name = statements.renderRelation(relation);
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    const values = rows
      .slice(start, start + rowsPerInsert)
      .map((row) => `(${columns.map(({ type }, at) => writtenCell(row[at] ?? null, type, statements)).join(', ')})`);
    await session.execute(`insert into ${name} values ${values.join(', ')}`);
  }
  await session.execute(parquet.write(`select * from ${name}`, file));
  await session.execute(statements.dropRelation({ ...relation, type: 'table' }));
}

/** What has parts, or may have some, arrives as JSON, whatever its type is made of. */
function writtenCell(cell: Cell, type: string, statements: Statements): string {
  const literal = literalOf(cell, statements);
  if (cell === null || (typeof cell !== 'object' && !/^variant$/i.test(type))) return literal;
  return `cast(coalesce(try_cast(${literal} as json), to_json(${literal})) as ${type})`;
}
