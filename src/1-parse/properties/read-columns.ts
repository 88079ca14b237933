import { error, isMapping, type Json, type JsonObject } from '../../core/index.ts';
import type { YamlPath } from '../yaml/index.ts';
import { checkShape, type ReadContext } from './context.ts';
import { docUses } from './doc-uses.ts';
import type { DocUse, TestFacts } from './facts.ts';
import type { TestTarget } from './read-test.ts';
import { readTests, testsOf } from './read-tests.ts';
import { columnShape, constraintShape } from './shapes.ts';

export interface ReadColumns {
  /** Columns as written, without their tests. */
  readonly columns: readonly JsonObject[];
  readonly tests: readonly TestFacts[];
  readonly docs: readonly DocUse[];
  readonly primaryKeys: readonly string[];
  readonly constrained: boolean;
}

const none: ReadColumns = { columns: [], tests: [], docs: [], primaryKeys: [], constrained: false };

export interface ColumnOptions {
  /** What the tests of the columns are tests of; undefined where columns have none (analyses). */
  readonly target: TestTarget | undefined;
  /** Whether columns are tested under their quoted name when they say nothing. */
  readonly quoteColumns: boolean;
  /** Tags of the source and the table, which its tests have too. */
  readonly tableTags?: readonly string[] | undefined;
}

/** Reads `columns:`: checks them and takes their tests out. */
export function readColumns(
  context: ReadContext,
  path: YamlPath,
  written: Json | undefined,
  options: ColumnOptions,
): ReadColumns {
  if (!Array.isArray(written) || written.length === 0) return none;
  const columns: JsonObject[] = [];
  const tests: TestFacts[] = [];
  const docs: DocUse[] = [];
  const primaryKeys: string[] = [];
  let constrained = false;
  for (const [index, column] of (written as readonly Json[]).entries()) {
    if (!isMapping(column)) continue;
    const at = [...path, index];
    if (typeof column.name !== 'string') {
      const message = column.name === undefined ? "A column needs a 'name'" : "'name' of a column has to be text";
      context.report(error('parse/column-name', message, { span: context.span(at) }));
      continue;
    }
    checkShape(context, at, column, columnShape, 'warn-if-near');
    if (Array.isArray(column.constraints) && column.constraints.length > 0) {
      constrained = true;
      if (checkConstraints(context, [...at, 'constraints'], column.constraints)) primaryKeys.push(column.name);
    }
    if (typeof column.description === 'string') docs.push(...docUses(column.description, at));
    tests.push(...readColumnTests(context, at, column, column.name, options));
    columns.push(withoutTests(column));
  }
  return { columns, tests, docs, primaryKeys, constrained };
}

function readColumnTests(
  context: ReadContext,
  path: YamlPath,
  column: JsonObject,
  name: string,
  { target, quoteColumns, tableTags }: ColumnOptions,
): readonly TestFacts[] {
  const written = testsOf(context, path, column);
  if (written === undefined || target === undefined) return [];
  const quoted = column.quote === true || (column.quote !== false && quoteColumns);
  const tested = { name: quoted ? context.quote(name) : name, tags: columnTags(column) };
  return readTests(context, path, written, { target, column: tested, tableTags });
}

const noTags: readonly string[] = Object.freeze([]);

/** Tags of a column: its own and those of its `config:`. */
export function columnTags(column: JsonObject): readonly string[] {
  const own = Array.isArray(column.tags) ? column.tags : noTags;
  const configured = isMapping(column.config) ? column.config.tags : undefined;
  if (own === noTags && configured === undefined) return noTags;
  const more = Array.isArray(configured) ? configured : typeof configured === 'string' ? [configured] : [];
  return [...new Set([...own, ...more].filter((tag): tag is string => typeof tag === 'string'))];
}

const constraintTypes = ['check', 'not_null', 'unique', 'primary_key', 'foreign_key', 'custom'];

/** Checks constraints; whether a primary key is among them. */
export function checkConstraints(context: ReadContext, path: YamlPath, constraints: readonly Json[]): boolean {
  let primaryKey = false;
  for (const [index, constraint] of constraints.entries()) {
    if (!isMapping(constraint)) continue;
    checkShape(context, [...path, index], constraint, constraintShape, 'ignore');
    const { type } = constraint;
    if (type === 'primary_key') primaryKey = true;
    if (typeof type === 'string' && constraintTypes.includes(type)) continue;
    const message = `A constraint needs a 'type': one of ${constraintTypes.join(', ')}`;
    context.report(error('parse/constraint-type', message, { span: context.span([...path, index, 'type']) }));
  }
  return primaryKey;
}

function withoutTests(column: JsonObject): JsonObject {
  if (!('tests' in column) && !('data_tests' in column)) return column;
  const { tests: _, data_tests: __, ...rest } = column;
  return rest;
}
