import { createReadStream, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse';
import {
  type CsvColumn,
  csvColumnNames,
  type DescribeCsv,
  error,
  type LoadCsv,
  Problem,
  readRefusal,
  type Span,
  type StatementResult,
} from '../../core/index.ts';
import { ColumnType } from './csv-types.ts';
import { csvLiteral, insertStatement } from './csv-values.ts';

/** Snowflake takes no more than 16,384 rows of values, and texts of a statement are best below a megabyte. */
const limits = { rows: 10_000, characters: 800_000 } as const;

/** Columns of a CSV file with the types that dbt would give them. Reads the whole file, row by row. */
export async function describeCsv({ file, delimiter, columnTypes }: DescribeCsv): Promise<readonly CsvColumn[]> {
  const given = new Map(Object.entries(columnTypes).map(([name, type]) => [name.toLowerCase(), type]));
  let names: readonly string[] | undefined;
  let types: readonly ColumnType[] = [];
  for await (const record of records(file, delimiter)) {
    if (names === undefined) {
      names = csvColumnNames(record);
      types = names.map(() => new ColumnType());
    } else {
      for (const [index, type] of types.entries()) type.add(record[index] ?? '');
    }
  }
  if (names === undefined) {
    const hint = 'A seed needs at least a line with the names of its columns.';
    throw new Problem(error('seed/empty-file', `'${file}' is empty`, { hint }));
  }
  return names.map((name, index) => ({
    name,
    type: given.get(name.toLowerCase()) ?? types[index]?.name ?? 'varchar',
  }));
}

/**
 * Puts a file into a table, in as few statements as the limits allow. Where it takes the place of what is there, several
 * statements are one transaction.
 */
export async function loadCsv(
  request: LoadCsv,
  execute: (sql: string) => Promise<StatementResult>,
): Promise<StatementResult> {
  const { overwrite = false } = request;
  const batches = batchesOf(request);
  let next = await batches.next();
  let isFirst = true;
  let count = 0;
  let isOpen = false;
  try {
    while (isFirst || !next.done) {
      const rows = next.value ?? [];
      next = next.done ? next : await batches.next();
      if (isFirst && overwrite && !next.done) {
        await execute('begin');
        isOpen = true;
      }
      const sql = insertStatement(request, rows, { overwrite: overwrite && isFirst });
      if (sql !== undefined) await execute(sql);
      count += rows.length;
      isFirst = false;
    }
    if (isOpen) await execute('commit');
  } catch (failure) {
    if (isOpen) await execute('rollback').catch(() => undefined);
    throw failure;
  }
  return { rowsAffected: count, message: `SUCCESS ${count}` };
}

/** The rows of a file as texts of values, as many together as fit into one statement. */
async function* batchesOf({ file, delimiter, columns }: LoadCsv): AsyncGenerator<readonly string[], undefined> {
  let rows: string[] = [];
  let characters = 0;
  let isHeader = true;
  for await (const record of records(file, delimiter)) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    const row = `(${columns.map(({ type }, index) => csvLiteral(record[index] ?? '', type)).join(', ')})`;
    if (rows.length >= limits.rows || characters + row.length > limits.characters) {
      yield rows;
      rows = [];
      characters = 0;
    }
    rows.push(row);
    characters += row.length + 2;
  }
  if (rows.length > 0) yield rows;
}

async function* records(file: string, delimiter: string): AsyncGenerator<string[]> {
  try {
    const parser = createReadStream(file).pipe(parse({ bom: true, delimiter, skip_empty_lines: true }));
    for await (const record of parser) yield record as string[];
  } catch (failure) {
    throw csvProblem(file, failure);
  }
}

function csvProblem(file: string, failure: unknown): unknown {
  const reason = readRefusal(failure);
  if (failure instanceof CsvError) {
    const line = Number((failure as { lines?: number }).lines ?? 1);
    return new Problem(
      error('seed/bad-csv', `Line ${line} of '${basename(file)}' could not be read: ${reason}`, {
        span: lineSpan(file, line),
      }),
    );
  }
  const isOfFile = typeof (failure as { code?: unknown }).code === 'string';
  return isOfFile ? new Problem(error('seed/unreadable', `'${file}' could not be read: ${reason}`)) : failure;
}

function lineSpan(file: string, line: number): Span {
  const before = readFileSync(file, 'utf8').split('\n', line);
  const end = before.join('\n').length;
  return { file, start: end - (before.at(-1) ?? '').length, end };
}
