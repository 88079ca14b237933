import type { Run } from '../engine/account.ts';
import type { Table } from '../engine/catalog.ts';
import { inStatement } from '../engine/execute.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError, unsupported } from '../errors.ts';
import { fileFormat } from '../files/file-format.ts';
import { isToLoad, type Load, rememberLoads } from '../files/load-history.ts';
import { isTrue, listOf, type Properties, readProperties, textOf } from '../files/properties.ts';
import { recordNumber, recordsOf } from '../files/records.ts';
import { filesAt, type Place, readPlace, type StagedFile } from '../files/stage.ts';
import { Cursor } from '../sql/cursor.ts';
import { engineName } from '../sql/names.ts';
import { isGroup } from '../sql/nodes.ts';
import { readItems } from '../sql/select-list.ts';
import { wholeNumber } from '../sql/types.ts';
import { judge, type Verdict } from './judge-records.ts';
import { needWarehouse, type Statement, scopeOf, status, textColumn, typeIds } from './statement.ts';
import { beginImplicitly, requireWritable } from './target.ts';

/** COPY INTO t [(columns)] FROM @place or (SELECT $1 … FROM @place). A file is loaded once, or again with FORCE. */
export const copyInto: Statement = async (run, cursor) => {
  needWarehouse(run);
  if (cursor.seesSymbol('@')) throw unsupported('COPY INTO a stage');
  const table = requireWritable(run, cursor.expectPath());
  const group = cursor.acceptGroup();
  const columns = group ? namesIn(group.children) : table.columns.map(({ name }) => name);
  cursor.expect('FROM');
  const source = readSource(run, cursor);
  const properties = readProperties(cursor);
  for (const name of properties.keys()) if (!known.has(name)) throw unsupported(`COPY INTO with ${name}`);
  beginImplicitly(run);
  const files = filesToLoad(run, table, source.place, properties);
  if (files.length === 0) return status('Copy executed with 0 files processed.', typeIds.insert);
  return load(run, { table, columns, files, ...source, properties });
};

const known = new Set(['FILES', 'PATTERN', 'FILE_FORMAT', 'ON_ERROR', 'FORCE', 'PURGE', 'LOAD_UNCERTAIN_FILES']);

interface Source {
  readonly place: Place;
  /** What is computed of each record; undefined: its fields, as they come. */
  readonly values: readonly string[] | undefined;
}

interface Loading extends Source {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly files: readonly StagedFile[];
  readonly properties: Properties;
}

const namesIn = (nodes: ConstructorParameters<typeof Cursor>[0]): string[] => {
  const cursor = new Cursor(nodes);
  const names = [cursor.expectName()];
  while (cursor.acceptSymbol(',')) names.push(cursor.expectName());
  cursor.expectEnd();
  return names;
};

function readSource(run: Run, cursor: Cursor): Source {
  if (!isGroup(cursor.peek())) return { place: readPlace(run, cursor), values: undefined };
  const inner = new Cursor(cursor.expectGroup().children);
  inner.expect('SELECT');
  const values = readItems(inner, scopeOf(run)).map(({ sql }) => sql);
  inner.expect('FROM');
  const place = readPlace(run, inner);
  inner.expectEnd();
  return { place, values };
}

function filesToLoad(run: Run, table: Table, place: Place, properties: Properties): readonly StagedFile[] {
  const wanted = properties.has('FILES') ? listOf(properties.get('FILES')) : undefined;
  if (wanted && wanted.length > 1000) throw unsupported('COPY INTO with more than 1,000 FILES');
  const pattern = textOf(properties.get('PATTERN'));
  const all = filesAt(run, place);
  const missing = wanted?.find((name) => !all.some(({ below }) => below === name));
  if (missing !== undefined) throw notFound(missing);
  return all
    .filter(({ below }) => wanted?.includes(below) ?? true)
    .filter(({ name }) => pattern === undefined || new RegExp(`^(?:${pattern})$`).test(name))
    .filter(
      (file) =>
        isTrue(properties.get('FORCE')) || isToLoad(run, table, file, isTrue(properties.get('LOAD_UNCERTAIN_FILES'))),
    );
}

const notFound = (name: string): SqlError =>
  new SqlError('091016', '22000', `Remote file '${name}' was not found. There are several potential causes.`);

async function load(run: Run, { table, columns, files, place, values, properties }: Loading): Promise<Outcome> {
  const format = fileFormat(run, properties.get('FILE_FORMAT'), place.stage.format);
  const width = values ? Math.max(1, ...values.map(highestField)) : columns.length;
  const mustFit = values === undefined && format.type === 'CSV' && !format.mayDifferInWidth;
  const records = recordsOf(run, files, format, width, mustFit);
  const list = (values ?? columns.map((_, index) => engineName(`COLUMN${index + 1}`))).join(', ');
  const insert = (into: string, where: string): string =>
    `INSERT INTO ${into} (${columns.map(engineName).join(', ')}) SELECT ${list} FROM ${records.relation}${where}`;
  const onError = (textOf(properties.get('ON_ERROR')) ?? 'ABORT_STATEMENT').toUpperCase();
  const verdicts = await judge(run, table, records, insert, onError);
  const left = verdicts.flatMap(({ left: numbers }) => numbers);
  const where = left.length === 0 ? '' : ` WHERE ${recordNumber} NOT IN (${left.join(', ')})`;
  await inStatement(run, { reads: new Set(), target: table }, (execute) => execute(insert(table.physical, where)));
  rememberLoads(
    run,
    table,
    verdicts.map((verdict) => asLoad(run, verdict)),
  );
  return answer(verdicts, onError);
}

/** The highest `$n` of an expression. */
const highestField = (sql: string): number =>
  Math.max(1, ...[...sql.matchAll(/"COLUMN(\d+)"/g)].map(([, number]) => Number(number)));

const asLoad = ({ account }: Run, { file, parsed, loaded, errors, firstError, status: ended }: Verdict): Load => ({
  file: file.name,
  md5: file.md5,
  at: account.now(),
  rows: loaded,
  parsed,
  errors,
  firstError: firstError?.message ?? null,
  status: ended,
});

const answer = (verdicts: readonly Verdict[], onError: string): Outcome => ({
  columns: [
    textColumn('file'),
    textColumn('status'),
    ...['rows_parsed', 'rows_loaded', 'error_limit', 'errors_seen'].map((name) => ({
      name,
      type: wholeNumber,
      nullable: true,
    })),
    textColumn('first_error'),
    { name: 'first_error_line', type: wholeNumber, nullable: true },
    { name: 'first_error_character', type: wholeNumber, nullable: true },
    textColumn('first_error_column_name'),
  ],
  rows: verdicts.map(({ file, status: ended, parsed, loaded, errors, firstError }) => [
    file.name,
    ended,
    String(parsed),
    String(loaded),
    String(onError === 'CONTINUE' ? parsed : 1),
    String(errors),
    firstError?.message ?? null,
    firstError ? String(firstError.line) : null,
    firstError ? '1' : null,
    null,
  ]),
  typeId: typeIds.insert,
});
