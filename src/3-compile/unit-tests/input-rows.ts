import type { Json, JsonObject, ModelNode } from '../../core/index.ts';
import { parseTemplate, renderMappedAsync, type Scope, type Segment } from '../../jinja/index.ts';
import type { SchemaTable } from '../../sql/index.ts';
import { type FixtureColumn, fixtureSql } from './fixture-sql.ts';
import { type ColumnsRequest, inputColumns } from './input-columns.ts';
import type { Input } from './inputs.ts';
import { requireKnown } from './row-columns.ts';

export interface RowsRequest extends ColumnsRequest {
  readonly model: ModelNode;
  /** Of the model's template: a query in a file is a template as well. */
  readonly scope: Scope;
}

/** The rows of an input as a query. */
export interface InputRows {
  /** For the warehouse that runs the test. */
  readonly sql: string;
  /** Where its parts were written, if that was in a file of their own. */
  readonly map: readonly Segment[];
  /** In the project's dialect, as far as they are known. */
  readonly columns: SchemaTable['columns'];
}

/** The given rows of an input. Throws `Problem` for a column that the input has not. */
export async function inputRows(one: Input, request: RowsRequest): Promise<InputRows> {
  const { given, path } = one;
  const { test, input } = request;
  if (typeof given.rows === 'string') return queryRows(one, given.rows, request);
  const { columns, authored, complete } = await inputColumns(one, request);
  if (complete) {
    const known = columns.map(({ name }) => name);
    requireKnown({ test, fixture: given, path, title: given.input }, known, input.graph.project);
  }
  const { statements } = (input.unitTests ?? input.shelves).adapter;
  const rows = one.node.resource_type === 'seed' ? asLoaded(given.rows ?? [], columns) : (given.rows ?? []);
  return { sql: fixtureSql(rows, columns, statements), map: [], columns: authored };
}

/** Empty values of a seed's file stay texts, as in dbt, where the column is one; elsewhere they would be no value at all. */
export function asLoaded(rows: readonly JsonObject[], columns: readonly FixtureColumn[]): readonly JsonObject[] {
  const texts = new Set(
    columns.filter(({ type = '' }) => /char|text|string/i.test(type)).map(({ name }) => name.toLowerCase()),
  );
  const loaded = (name: string, value: Json): Json => (value === '' && !texts.has(name.toLowerCase()) ? null : value);
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, loaded(name, value)])));
}

/** Rows that are a query already. */
export async function queryRows({ given }: Input, query: string, request: RowsRequest): Promise<InputRows> {
  const { test, model, input, scope } = request;
  const own = given.fixture === null ? undefined : test.fixture_files?.[given.fixture];
  const template = parseTemplate(query, { file: own ?? test.origin.definition.file });
  const { text, segments } = await renderMappedAsync(template, { scope });
  const sql = text.replace(/;\s*$/, '');
  const translator = input.unitTests?.translator;
  if (translator) {
    const written = { id: test.unique_id, sql, extraCtes: [], locate: () => undefined };
    return { sql: (await translator.translate(model, written, [])).sql, map: [], columns: undefined };
  }
  // Text in a properties file has an indent there that it has not here: its places are not those of the file.
  return { sql, map: own === undefined ? [] : segments, columns: undefined };
}
