import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../engine/account.ts';
import { SqlError } from '../errors.ts';
import { engineName, literal } from '../sql/names.ts';
import type { FileFormat } from './file-format.ts';
import { readFile } from './read-file.ts';
import type { StagedFile } from './stage.ts';

/** The records of some files, where the engine can read them as a relation. */
export interface Records {
  /** A relation with `$1`, `$2`… as COLUMN1, COLUMN2…, what METADATA$… means, and the record's number. */
  readonly relation: string;
  /** Which records each file has: from a number, and how many. */
  readonly files: readonly { readonly file: StagedFile; readonly from: number; readonly lines: readonly number[] }[];
}

/** The number of a record, over all files. */
export const recordNumber = '"#RECORD"';

const metadata = {
  METADATA$FILENAME: 'VARCHAR',
  METADATA$FILE_ROW_NUMBER: 'BIGINT',
  METADATA$FILE_LAST_MODIFIED: 'TIMESTAMP',
  METADATA$FILE_CONTENT_KEY: 'VARCHAR',
};

/** Reads files and writes them down for the engine, with nulls and texts told apart. */
export function recordsOf(
  { account, queryId }: Run,
  found: readonly StagedFile[],
  format: FileFormat,
  width: number,
  mustFit: boolean,
): Records {
  const lines: string[] = [];
  const files: { file: StagedFile; from: number; lines: number[] }[] = [];
  for (const file of found) {
    const rows = readFile(file, format);
    const wrong = mustFit ? rows.find(({ fields }) => fields.length !== width) : undefined;
    if (wrong) throw wrongWidth(file, wrong.line, wrong.fields.length, width);
    files.push({ file, from: lines.length, lines: rows.map(({ line }) => line) });
    for (const [index, { fields }] of rows.entries()) {
      const cells = Array.from({ length: width }, (_, column) => cell(fields[column] ?? null));
      const facts = [file.path, String(index + 1), stamp(file.modified), file.md5];
      lines.push([...cells, ...facts.map(cell), String(lines.length)].join(','));
    }
  }
  const path = join(account.scratch, `${queryId}-${Math.random().toString(36).slice(2)}.csv`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  const types = {
    ...Object.fromEntries(Array.from({ length: width }, (_, index) => [`COLUMN${index + 1}`, 'VARCHAR'])),
    ...metadata,
    '#RECORD': 'BIGINT',
  };
  const columns = Object.entries(types).map(([name, type]) => `${literal(name)}: '${type}'`);
  const read = `read_csv(${literal(path)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', nullstr = '\\N', allow_quoted_nulls = false, columns = {${columns.join(', ')}})`;
  const first =
    format.type === 'JSON' ? ` REPLACE (CAST(${engineName('COLUMN1')} AS JSON) AS ${engineName('COLUMN1')})` : '';
  const none = `(SELECT * FROM (SELECT ${Object.entries(types)
    .map(([name, type]) => `CAST(NULL AS ${type}) AS "${name}"`)
    .join(', ')}) WHERE FALSE)`;
  return { relation: lines.length === 0 ? none : `(SELECT *${first} FROM ${read})`, files };
}

const cell = (value: string | null): string => (value === null ? '\\N' : `"${value.replaceAll('"', '""')}"`);

const stamp = (date: Date): string => date.toISOString().replace('T', ' ').replace('Z', '');

const wrongWidth = (file: StagedFile, line: number, actual: number, expected: number): SqlError =>
  new SqlError(
    '100080',
    '22000',
    `Number of columns in file (${actual}) does not match that of the corresponding table (${expected}), use file format option error_on_column_count_mismatch=false to ignore this error\n  File '${file.name}', line ${line}, character 1\n${advice}`,
  );

export const advice =
  "  If you would like to continue loading when an error is encountered, use other values such as 'SKIP_FILE' or 'CONTINUE' for the ON_ERROR option.";
