import { quotePart, sourceRelation } from '../../1-parse/index.ts';
import { type Column, error, isEphemeral, Problem, type Relation, type Session } from '../../core/index.ts';
import type { SchemaColumn } from '../../sql/index.ts';
import type { CompilerInput } from '../compilation.ts';
import type { FixtureColumn } from './fixture-sql.ts';
import type { Giver, Input } from './inputs.ts';
import { columnsOfRows } from './row-columns.ts';

/** What is known of the columns of an input. */
export interface InputColumns {
  /** With the types of the warehouse that runs the test. */
  readonly columns: readonly FixtureColumn[];
  /** With the types of the project's dialect, where that is another. */
  readonly authored: readonly SchemaColumn[];
  /** Whether there are no others. */
  readonly complete: boolean;
}

/** What the columns of an input are found with. */
export interface ColumnsRequest {
  readonly test: Giver;
  readonly input: CompilerInput;
  /** The target's warehouse. */
  readonly session: Session | undefined;
  /** The columns that something would have if it were built now; undefined where that cannot be said. */
  readonly columnsToBe: (node: Input['node']) => Promise<readonly Column[] | undefined>;
}

/**
 * The columns that rows for an input are written with. As in dbt, the table in the warehouse decides, with `--defer`
 * that of the other environment where there is none here. Without a table, in this order: what the warehouse would make
 * of it, what its SQL tells, what YAML says, and the rows themselves.
 */
export async function inputColumns(one: Input, request: ColumnsRequest): Promise<InputColumns> {
  const { test, input, columnsToBe } = request;
  const existing = (await existingColumns(one, request)) ?? (await columnsToBe(one.node));
  const translator = input.unitTests?.translator;
  const told = existing && !translator ? undefined : await input.columnsOf?.(one.node.unique_id);
  if (existing) return { columns: existing, authored: told ?? untyped(existing), complete: true };
  const here = (columns: readonly SchemaColumn[]): readonly FixtureColumn[] =>
    columns.map(({ name, type }) => ({ name, type: type && translator ? translator.typeOf(type) : type }));
  if (told && told.length > 0) return { columns: here(told), authored: told, complete: true };
  const declared = declaredColumns(one);
  const named = new Set(declared.map(({ name }) => name.toLowerCase()));
  const others = columnsOfRows(one.given).filter((name) => !named.has(name.toLowerCase()));
  const columns = [...declared, ...others.map((name) => ({ name, type: undefined }))];
  if (columns.length > 0) return { columns: here(columns), authored: columns, complete: false };
  const message = `The unit test '${test.name}' gives no rows for ${one.given.input}, and nobody knows its columns`;
  const hint = 'Build it once, list its columns in YAML, or write the rows as a query: format: sql';
  throw new Problem(error('compile/unit-test-input', message, { span: test.origin.definition, hint }));
}

async function existingColumns(
  { node }: Input,
  { input, session }: ColumnsRequest,
): Promise<readonly Column[] | undefined> {
  const { graph, deferred, unitTests } = input;
  const isTable = !isEphemeral(node);
  if (!session || !isTable || unitTests?.isTarget === false) return undefined;
  const { quoting } = graph.project.settings;
  const here: Relation =
    node.resource_type === 'source'
      ? sourceRelation(node)
      : { database: node.database, schema: node.schema, identifier: node.alias, ...quotePart(quoting) };
  if (here.expression !== undefined) {
    return session.describeQuery(`select * from ${here.expression}`).catch(() => undefined);
  }
  const elsewhere = deferred?.get(node.unique_id);
  for (const relation of elsewhere ? [here, elsewhere] : [here]) {
    const columns = await session.columnsOf(relation);
    if (columns.length > 0) return columns;
  }
  return undefined;
}

function untyped(columns: readonly Column[]): readonly SchemaColumn[] {
  return columns.map(({ name }) => ({ name }));
}

function declaredColumns({ node }: Input): readonly SchemaColumn[] {
  return Object.values(node.columns).map(({ name, data_type: type }) => ({ name, type: type ?? undefined }));
}
