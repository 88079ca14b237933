import {
  type Column,
  type Json,
  type ModelNode,
  Problem,
  type Session,
  type UnitTestGiven,
  type UnitTestNode,
} from '../../core/index.ts';
import type { SchemaTable } from '../../sql/index.ts';
import type { CompilerInput } from '../compilation.ts';
import { createRendering } from '../rendering/create-rendering.ts';
import { columnsToBe } from './columns-to-be.ts';
import { notSql } from './compile-unit-test.ts';
import { type FixtureColumn, fixtureSql } from './fixture-sql.ts';
import { inputColumns } from './input-columns.ts';
import { asLoaded, queryRows, type RowsRequest } from './input-rows.ts';
import { type Input, type InputPath, inputOf, standsFor } from './inputs.ts';
import { requireKnown } from './row-columns.ts';
import { missingInput } from './stand-ins.ts';

/** A table that the builds of a unit test's sequence read. */
export interface SequenceTable {
  readonly node: Input['node'];
  /** A query without rows that has its columns. */
  readonly empty: string;
  /** What comes into it, in the order of the steps. */
  readonly arrivals: readonly Arrival[];
  /** In the project's dialect, as far as they are known. */
  readonly columns: SchemaTable['columns'];
}

/** Rows that arrive before a step. */
export interface Arrival {
  readonly step: number;
  /** Whether what was there before goes. */
  readonly replace: boolean;
  readonly sql: string;
  readonly columns: readonly string[];
}

/**
 * What the model of a sequence reads, as tables to be made. Throws `Problem`, `TemplateError` or `StatementError`.
 *
 * @param session of the target's warehouse.
 */
export type SequenceTables = (test: UnitTestNode, session: Session) => Promise<readonly SequenceTable[]>;

/** What is found of the columns of models counts for all tests. */
export function createSequenceTables(input: CompilerInput): SequenceTables {
  const ofOthers = columnsToBe(input);
  return async (test, session) => {
    const model = input.graph.nodes.get(test.depends_on.nodes[0] ?? '') as ModelNode;
    if (model.language !== 'sql') throw new Problem(notSql(test, model));
    const given = gather(test, model, input);
    requireAll(test, model, given, input);
    const { package_name: packageName } = model;
    const { scope } = createRendering(input, { phase: 'compile', node: model, packageName, session });
    const request: TableRequest = {
      test,
      model,
      input,
      session,
      scope,
      columnsToBe: (node) => ofOthers(node, session),
      describing: (await input.unitTests?.describing?.()) ?? session,
    };
    const tables: SequenceTable[] = [];
    for (const ofNode of given.values()) tables.push(await tableOf(ofNode, request));
    return tables;
  };
}

interface TableRequest extends RowsRequest {
  /** Asked what columns a query has. */
  readonly describing: Session;
}

/** Rows for an input, and when they arrive. */
interface Given {
  readonly one: Input;
  readonly step: number;
  readonly replace: boolean;
}

/** All that a test gives, by what it stands in for. */
function gather(test: UnitTestNode, model: ModelNode, input: CompilerInput): ReadonlyMap<string, readonly Given[]> {
  const found = new Map<string, Given[]>();
  const add = (given: UnitTestGiven, path: InputPath, step: number, replace: boolean): void => {
    const node = standsFor(test, given, path, model, input);
    const known = found.get(node.unique_id) ?? [];
    found.set(node.unique_id, [...known, { one: inputOf(node, given, path), step, replace }]);
  };
  for (const [index, given] of test.given.entries()) add(given, ['given', index], 0, false);
  for (const [step, { given }] of (test.sequence ?? []).entries()) {
    for (const [index, one] of given.entries()) add(one, ['sequence', step, 'given', index], step, one.replace);
  }
  return found;
}

/** As in every unit test: what a test depends on must not be what happens to be in a table. */
function requireAll(
  test: UnitTestNode,
  model: ModelNode,
  given: ReadonlyMap<string, unknown>,
  { graph }: CompilerInput,
): void {
  const problems = model.depends_on.nodes.flatMap((id) => {
    const node = graph.nodes.get(id);
    if (given.has(id) || node === undefined || !readable.has(node.resource_type)) return [];
    const what =
      node.resource_type === 'source' ? `source('${node.source_name}', '${node.name}')` : `ref('${node.name}')`;
    return [missingInput(test, model, what)];
  });
  if (problems.length > 0) throw new Problem(...problems);
}

const readable: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'source']);

async function tableOf(given: readonly Given[], request: TableRequest): Promise<SequenceTable> {
  const [{ one: first }] = given as readonly [Given, ...Given[]];
  const { node } = first;
  const { statements } = (request.input.unitTests ?? request.input.shelves).adapter;
  const queries = new Map<Given, Query>();
  for (const one of given) {
    const query = await queryOf(one, request);
    if (query) queries.set(one, query);
  }
  const lists = given.filter((one) => !queries.has(one));
  const known = lists.length > 0 ? await columnsOfLists(lists, request) : undefined;
  const columns = merged([...(known?.columns ?? []), ...[...queries.values()].flatMap((query) => query.columns)]);
  const names = columns.map(({ name }) => name);
  const arrivals = given.map((one): Arrival => {
    const { step, replace } = one;
    const query = queries.get(one);
    if (query) return { step, replace, sql: query.sql, columns: query.columns.map(({ name }) => name) };
    const rows = node.resource_type === 'seed' ? asLoaded(rowsOf(one), columns) : rowsOf(one);
    return { step, replace, sql: fixtureSql(rows, columns, statements), columns: names };
  });
  const shape = fixtureSql(lists.flatMap(rowsOf), columns, statements);
  return { node, empty: `select *\nfrom (\n${shape}\n) as no_rows\nwhere false`, arrivals, columns: known?.authored };
}

interface Query {
  readonly sql: string;
  readonly columns: readonly Column[];
}

/** Rows that are a query already. */
async function queryOf({ one }: Given, request: TableRequest): Promise<Query | undefined> {
  const { rows } = one.given;
  if (typeof rows !== 'string') return undefined;
  const { sql } = await queryRows(one, rows, request);
  return { sql, columns: await request.describing.describeQuery(sql) };
}

/** Each column once, with the first type that is known of it. */
function merged(columns: readonly FixtureColumn[]): readonly FixtureColumn[] {
  const found = new Map<string, FixtureColumn>();
  for (const { name, type } of columns) {
    const key = name.toLowerCase();
    const known = found.get(key);
    found.set(key, { name: known?.name ?? name, type: known?.type ?? type });
  }
  return [...found.values()];
}

type Row = Readonly<Record<string, Json>>;

function rowsOf({ one }: Given): readonly Row[] {
  const { rows } = one.given;
  return Array.isArray(rows) ? (rows as readonly Row[]) : [];
}

/** The columns of a table whose rows are listed; where nobody knows them, all that any row has. */
async function columnsOfLists(lists: readonly Given[], request: TableRequest) {
  const { test, input } = request;
  const [{ one: first }] = lists as readonly [Given, ...Given[]];
  const all: Input = { ...first, given: { ...first.given, rows: lists.flatMap(rowsOf) } };
  const found = await inputColumns(all, request);
  const names = found.columns.map(({ name }) => name);
  for (const { one } of found.complete ? lists : []) {
    const { given: fixture, path } = one;
    requireKnown({ test, fixture, path, title: fixture.input }, names, input.graph.project);
  }
  return found;
}
