import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse';
import {
  type Column,
  type CsvColumn,
  csvColumnNames,
  type DescribeCsv,
  error,
  type LoadCsv,
  Problem,
  readRefusal,
  type Session,
  type Span,
  StatementError,
} from '../../core/index.ts';
import {
  type Candidate,
  columnQuery,
  type Findings,
  findingsPerColumn,
  firstCandidates,
  tidied,
  typeOf,
} from './csv-types.ts';
import { statements } from './statements.ts';

/** Rows that are looked at first, so that the whole file has to be asked only what may still be true. */
const sampleRows = 2000;

/** Planning a query takes time with the square of what is asked: with all of 400 columns, a minute. */
const candidatesOfQuery = 60;

/**
 * Columns of a CSV file with the types that dbt would give them. Two looks at the file: the first rows rule most types
 * out, then every row has its say, where there are more.
 */
export async function describeCsv(
  { file, delimiter, columnTypes }: DescribeCsv,
  session: Pick<Session, 'query' | 'execute'>,
): Promise<readonly CsvColumn[]> {
  const names = await headerOf(file, delimiter);
  const types = new Map(Object.entries(columnTypes).map(([name, type]) => [name.toLowerCase(), type]));
  const given = names.map((name) => columnTypes[name] ?? types.get(name.toLowerCase()));
  const rows = readCsv(file, delimiter, names.map(asText), { more: 'auto_detect = false' });
  const look = (candidates: readonly (readonly Candidate[])[], from: string): Promise<readonly Findings[]> =>
    lookAt(names, candidates, from, (sql) => session.query(sql).catch(asCsvProblem(file)));
  const untold = given.map((type): readonly Candidate[] => (type === undefined ? firstCandidates() : []));
  const { first, isAll } = await withSample(rows, file, session, async (sample, isAll) => ({
    first: await look(untold, sample),
    isAll,
  }));
  const left = first.map(({ possible }) => possible);
  const found = isAll ? first : await look(left, rows);
  return names.map((name, index) => {
    const findings = found[index];
    const type = given[index];
    const mayBeOther = (findings?.possible.length ?? 0) > 0;
    return { name, type: type ?? typeOf(findings), untidy: mayBeOther && findings?.untidy === true };
  });
}

let samples = 0;

/** The first rows as a table of their own: each query over the file would read it anew, with all its columns. */
async function withSample<T>(
  rows: string,
  file: string,
  session: Pick<Session, 'execute'>,
  work: (table: string, isAll: boolean) => Promise<T>,
): Promise<T> {
  samples += 1;
  const table = `temp.ingot_csv_sample_${samples}`;
  const making = session.execute(`create temp table ${table} as\nselect * from ${rows}\nlimit ${sampleRows}`);
  const { rowsAffected } = await making.catch(asCsvProblem(file));
  try {
    return await work(table, rowsAffected !== null && rowsAffected < sampleRows);
  } finally {
    await session.execute(`drop table ${table}`);
  }
}

/** What columns may be, as far as `candidates` go, by the rows of a table. */
async function lookAt(
  names: readonly string[],
  candidates: readonly (readonly Candidate[])[],
  from: string,
  query: Session['query'],
): Promise<readonly Findings[]> {
  const findings: Findings[] = [];
  for (const part of inParts(candidates)) {
    const columns = names.slice(findings.length, findings.length + part.length).map(statements.quote);
    const values = columns.map((column, at) => `${column} as c${at}, ${tidied(column)} as v${at}`).join(',\n  ');
    const asked = part.map((possible, at) => columnQuery(`c${at}`, `v${at}`, possible)).join(',\n  ');
    const isAsked = part.some((possible) => possible.length > 0);
    const answers = isAsked
      ? (await query(`select\n  ${asked}\nfrom (select\n  ${values}\nfrom ${from})`)).rows[0]
      : [];
    findings.push(...findingsPerColumn(part, answers ?? []));
  }
  return findings;
}

/** Columns that stand beside each other, as many as one query takes. */
function inParts(columns: readonly (readonly Candidate[])[]): (readonly Candidate[])[][] {
  const parts: (readonly Candidate[])[][] = [];
  let room = 0;
  for (const possible of columns) {
    const size = Math.max(1, possible.length);
    if (size > room) {
      parts.push([]);
      room = candidatesOfQuery;
    }
    room -= size;
    parts.at(-1)?.push(possible);
  }
  return parts;
}

/** Appends a file to a table. Throws `Problem` where a line cannot be read. */
export async function loadCsv(request: LoadCsv, { query, execute }: Pick<Session, 'query' | 'execute'>) {
  await checkColumns(request, query);
  const quote = await quoteOf(request, query);
  return execute(loadCsvStatement(request, quote)).catch(asCsvProblem(request.file));
}

/** A table that was made of an earlier file keeps its columns; in which order the file has them does not matter. */
async function checkColumns(request: LoadCsv, query: Session['query']): Promise<void> {
  const { relation, file } = request;
  const { rows } = await query(`describe ${statements.renderRelation(relation)}`);
  const before = rows.map(([name]) => String(name));
  const now = namesInTable(request);
  const said = [
    ['new', missingIn(before, now)],
    ['gone', missingIn(now, before)],
  ] as const;
  if (said.every(([, names]) => names.length === 0)) return;
  const changes = said.flatMap(([word, names]) => (names.length > 0 ? [`${word}: ${names.join(', ')}`] : []));
  throw new Problem(
    error('seed/other-columns', `'${basename(file)}' has other columns than the table (${changes.join('; ')})`, {
      span: { file, start: 0, end: 0 },
    }),
  );
}

/** A name that is written without quotes has no blanks around it. */
function namesInTable({ columns, quoteColumns = true }: LoadCsv): readonly string[] {
  return columns.map(({ name }) => (quoteColumns ? name : name.trim()));
}

function missingIn(known: readonly string[], names: readonly string[]): readonly string[] {
  const lower = new Set(known.map((name) => name.toLowerCase()));
  return names.filter((name) => !lower.has(name.toLowerCase()));
}

type Quote = '"' | "'";

/** dbt leaves it to DuckDB to find out how a file quotes its values; ours is asked only where there is a doubt. */
async function quoteOf({ file, delimiter }: LoadCsv, query: Session['query']): Promise<Quote> {
  if (!beginningOf(file).includes(`${delimiter}'`)) return '"';
  const { literal } = statements;
  const sniffed = `select "Quote" from sniff_csv(${literal(file)}, header = true, delim = ${literal(delimiter)})`;
  const found = await query(sniffed).catch(() => undefined);
  return found?.rows[0]?.[0] === "'" ? "'" : '"';
}

function beginningOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(1 << 18);
    return buffer.toString('latin1', 0, readSync(descriptor, buffer));
  } finally {
    closeSync(descriptor);
  }
}

/** DuckDB reads the file in parallel and casts on the way. */
function loadCsvStatement(request: LoadCsv, quote: Quote = '"'): string {
  const { relation, file, delimiter, columns } = request;
  const read = columns.map(({ name, type, untidy }) => ({ name, type: untidy ? 'varchar' : type }));
  const values = columns.map(({ name, type, untidy }) => {
    const column = statements.quote(name);
    return untidy ? `cast(${tidied(column)} as ${type})` : column;
  });
  return [
    `insert into ${statements.renderRelation(relation)} (${namesInTable(request).map(statements.quote).join(', ')})`,
    `select ${values.join(', ')}`,
    `from ${readCsv(file, delimiter, read, { quote })}`,
  ].join('\n');
}

const asText = (name: string): Column => ({ name, type: 'varchar' });

function readCsv(
  file: string,
  delimiter: string,
  columns: readonly Column[],
  { quote = '"', more = '' }: { quote?: Quote; more?: string },
): string {
  const { literal } = statements;
  const types = columns.map(({ name, type }) => `${literal(name)}: ${literal(type)}`).join(', ');
  const options = [
    'header = true',
    `delim = ${literal(delimiter)}`,
    `quote = ${literal(quote)}`,
    `escape = ${literal(quote)}`,
    more,
  ]
    .filter(Boolean)
    .join(', ');
  return `read_csv(${statements.literal(file)}, ${options}, columns = {${types}})`;
}

/** DuckDB tells the line and what is wrong with it, then a page of options of its reader, which nobody can set here. */
function asCsvProblem(file: string): (failure: unknown) => never {
  return (failure) => {
    if (!(failure instanceof StatementError) || !/CSV Error|sniffing file/.test(failure.message)) throw failure;
    const message = failure.message
      .replace(/\n+(Possible (fixes|solutions)|Column .* is being converted|The search space)[\s\S]*$/i, '')
      .replace(/^\w[\w ]* Error: /, '')
      .trim();
    // A line whose quote is never closed goes on to the end of the file.
    const located = /^CSV Error on Line: (\d+)\n(?:Original Line: [\s\S]*\n)?([^\n]+)$/.exec(message);
    if (!located) throw new Problem(error('seed/bad-csv', `'${file}' could not be read: ${message}`));
    const [, line = '1', reason = ''] = located;
    throw new Problem(
      error('seed/bad-csv', `Line ${line} of '${basename(file)}' could not be read: ${reason}`, {
        span: lineSpan(file, Number(line)),
      }),
    );
  };
}

function lineSpan(file: string, line: number): Span {
  const text = readFileSync(file, 'utf8');
  const before = text.split('\n', line);
  const last = before.at(-1) ?? '';
  const end = before.join('\n').length;
  return { file, start: end - last.length, end };
}

/** Names in the first line, made unique and never empty the way dbt does. */
async function headerOf(file: string, delimiter: string): Promise<string[]> {
  const header = await firstRecord(file, delimiter).catch((failure: unknown) => {
    throw new Problem(error('seed/unreadable', `'${file}' could not be read: ${readRefusal(failure)}`));
  });
  if (header === undefined) {
    const hint = 'A seed needs at least a line with the names of its columns.';
    throw new Problem(error('seed/empty-file', `'${file}' is empty`, { hint }));
  }
  return csvColumnNames(header);
}

function firstRecord(file: string, delimiter: string): Promise<string[] | undefined> {
  const options = { bom: true, delimiter, to: 1, relax_column_count: true, skip_empty_lines: true };
  return new Promise((resolve, reject) => {
    const input = createReadStream(file).on('error', reject);
    const parser = input.pipe(parse(options)).on('error', reject);
    parser.once('data', (record: string[]) => {
      resolve(record);
      input.destroy();
    });
    parser.once('end', () => resolve(undefined));
  });
}
