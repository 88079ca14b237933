import {
  type BaseColumn,
  type BaseRelation,
  collectFilters,
  type FilterHow,
  type Lineage,
  pour,
  type Reads,
  reachable,
  startFlow,
  startReads,
} from '../lineage/index.ts';
import { type Problem, type Relation, type RelationColumn, suggest } from '../names/index.ts';
import type { Call, Column, Expression, Place, Query } from '../tree.ts';
import { unknownType } from '../types/index.ts';
import type { Catalog } from './catalog.ts';
import {
  type AnalysisDialect,
  type AnalysisOptions,
  type ColumnMeaning,
  type Context,
  type Value,
  warn,
} from './context.ts';
import { readExpression } from './expressions/index.ts';
import { readTable } from './from.ts';
import { queryRelation } from './query.ts';

/** An output column of a query. */
export interface AnalyzedColumn extends Omit<RelationColumn, 'place' | 'lineage'> {
  /** The base columns that its value is taken from. */
  readonly sources: Lineage;
  /** The expression, or star, that it comes from. */
  readonly place: Place | undefined;
}

/** All that is known of a query. */
export interface Analysis {
  readonly columns: readonly AnalyzedColumn[];
  /** False if there may be more columns, because those of some relation are unknown; `columns` then ends with a `*`. */
  readonly complete: boolean;
  readonly filters: ReadonlyMap<FilterHow, ReadonlySet<BaseColumn>>;
  /** The relations outside the query that it reads, in the order of first mention, with the columns that reach its result. */
  readonly relations: readonly { readonly relation: BaseRelation; readonly used: ReadonlySet<string> }[];
  /** By place. */
  readonly problems: readonly Problem[];
  readonly meanings: ReadonlyMap<Column, ColumnMeaning>;
  readonly values: ReadonlyMap<Expression, Value>;
}

export interface AnalysisInput extends AnalysisOptions {
  /** The text that the query was read from: expressions without alias are called by it. */
  readonly text: string;
  readonly dialect: AnalysisDialect;
  readonly catalog: Catalog;
  /** Keep the type of every expression, for `values`. */
  readonly keepValues?: boolean;
}

/** Works out a query's columns, their types and lineage, and what is wrong with it. Never fails. */
export function analyzeQuery(query: Query, input: AnalysisInput): Analysis {
  const { text, dialect, catalog, keepValues, ...options } = input;
  const values = new Map<Expression, Value>();
  const context: Context = {
    text,
    dialect,
    rules: dialect.names,
    catalog,
    options,
    repeats: dialect.names.columnsExpression && /columns/i.test(text),
    value: (expression, scope, flow) => readExpression(context, expression, scope, flow),
    query: (inner, around) => queryRelation(context, inner, around),
    table: (table, around) => readTable(context, table, around),
    problems: [],
    unchecked: [],
    recursions: new Map(),
    relations: new Map(),
    meanings: new Map(),
    aggregates: new Set<Call>(),
    ...(keepValues ? { values } : {}),
  };
  const reads = startReads();
  const relation = readSafely(context, query, reads);
  const columns = outputColumns(context, relation);
  const filters = collectFilters(reads, (column) => context.recursions.get(column));
  checkDuplicates(context, relation);
  return {
    columns,
    complete: !relation.open,
    filters,
    relations: usedRelations(context, columns, filters),
    problems: allProblems(context, reads),
    meanings: context.meanings,
    values,
  };
}

/** However deep the stack was when this was called: a query that uses it up is not understood, and nothing worse. */
function readSafely(context: Context, query: Query, reads: Reads): Relation {
  try {
    return context.query(query, { outer: undefined, tables: undefined, reads });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { start, end } = query;
    context.problems = [];
    warn(context, 'sql/too-deep', { start, end }, 'This query is nested too deeply for its columns to be worked out.');
    return { columns: [], open: true };
  }
}

function outputColumns(context: Context, relation: Relation): AnalyzedColumn[] {
  const columns = relation.columns.map(({ place, lineage, name, key, named, type, nullable }): AnalyzedColumn => {
    return { name, key, named, type, nullable, place, sources: withoutRecursion(context, lineage) };
  });
  if (!relation.open) return columns;
  const known = relation.base && context.relations.get(relation.base.name);
  const sources: Lineage = known ? new Map([[{ relation: known.base, name: '*' }, 'copied']]) : new Map();
  const rest = { name: '*', key: '*', named: false, type: unknownType, nullable: true, place: undefined, sources };
  return [...columns, rest];
}

/** A recursive table's own columns, where they were read before it was known what they are taken from. */
function withoutRecursion(context: Context, lineage: Lineage): Lineage {
  if (![...lineage.keys()].some(({ relation }) => relation.recursion)) return lineage;
  const flow = startFlow();
  for (const [column, how] of lineage) {
    const known = context.recursions.get(column);
    pour(known ?? new Map([[column, how]]), { how, into: flow.into });
  }
  return flow.into;
}

function usedRelations(
  context: Context,
  columns: readonly AnalyzedColumn[],
  filters: Analysis['filters'],
): Analysis['relations'] {
  const used = new Map<BaseRelation, Set<string>>();
  for (const { base } of context.relations.values()) used.set(base, new Set());
  for (const { sources } of columns) for (const column of sources.keys()) used.get(column.relation)?.add(column.name);
  for (const set of filters.values()) for (const column of set) used.get(column.relation)?.add(column.name);
  return [...used].map(([relation, names]) => ({ relation, used: names }));
}

function checkDuplicates(context: Context, { columns }: Relation): void {
  const seen = new Map<string, RelationColumn>();
  const renames = context.rules.repeatedNames === 'numbered';
  for (const column of columns) {
    if (seen.has(column.key) && column.place && column.named) {
      const severity = context.options.asTable && !renames ? 'error' : 'warning';
      const { start, end } = column.place;
      const message = `Two output columns are called "${column.name}".`;
      context.problems.push({
        code: 'sql/duplicate-column',
        severity,
        message,
        start,
        end,
        hint: 'Give one of them an alias.',
      });
    }
    seen.set(column.key, column);
  }
}

/** Tables that the schema does not have and may yet be there, by names that could be those of common tables. */
function unknownTables({ relations }: Context): readonly string[] {
  return [...relations.values()].flatMap(({ base: { name, known } }) => (known || name.includes('.') ? [] : [name]));
}

/** Problems of common tables that nothing reads are warnings: a warehouse may never look at them. */
function allProblems(context: Context, reads: Reads): Problem[] {
  const reached = reachable(reads);
  const found = [...context.problems];
  const unread = context.unchecked.filter(({ reads: own }) => !reached.has(own));
  for (const { reads: own, problems } of context.unchecked) if (reached.has(own)) found.push(...problems);
  if (unread.length === 0) return found.sort(byPlace);
  const read = new Set(context.unchecked.flatMap(({ reads: own }) => [...own.others].filter((other) => other !== own)));
  for (const { definition, reads: own, problems } of unread) {
    found.push(...problems.map((problem): Problem => ({ ...problem, severity: 'warning' })));
    if (read.has(own)) continue;
    const { name } = definition;
    const message = `Nothing reads the common table "${name.text}".`;
    const near = suggest(name.text, unknownTables(context));
    const hint = near === undefined ? undefined : `Is it what "${near}" means?`;
    found.push({ code: 'sql/unused-cte', severity: 'warning', message, start: name.start, end: name.end, hint });
  }
  return found.sort(byPlace);
}

const byPlace = (one: Problem, other: Problem): number => one.start - other.start;
