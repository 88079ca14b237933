import type { BaseColumn, BaseRelation, Flow, Lineage, Reads } from '../lineage/index.ts';
import { noLineage } from '../lineage/index.ts';
import type { Found, Frame, NameRules, Problem, Relation, Scope } from '../names/index.ts';
import { remembered } from '../remembered.ts';
import type { Call, Column, CommonTable, Expression, Place, Query, TableExpression } from '../tree.ts';
import type { FunctionCatalogue, SqlType, Typed } from '../types/index.ts';
import type { Catalog } from './catalog.ts';

/** What analysis asks of a dialect. */
export interface AnalysisDialect extends Typed {
  readonly title: string;
  readonly names: NameRules;
  readonly functions: FunctionCatalogue;
}

/** What is known of an expression's value. */
export interface Value {
  readonly type: SqlType;
  /** True unless it is certain that it is never NULL. */
  readonly nullable: boolean;
}

/** What a column of FROM, or an alias, was found to mean; for those who look at a query after its analysis. */
export interface ColumnMeaning {
  readonly found: Found;
  /** How many queries further out it was found. */
  readonly depth: number;
  readonly scope: Scope;
}

/** One analysis: what it works with and what it has found. Its functions are the ways into each other of its parts. */
export interface Context {
  readonly text: string;
  readonly dialect: AnalysisDialect;
  readonly rules: NameRules;
  readonly catalog: Catalog;
  readonly options: AnalysisOptions;
  /** Whether some expression may stand for several columns: the dialect has `COLUMNS(…)`, and the text names it. */
  readonly repeats: boolean;
  readonly value: (expression: Expression, scope: Scope, flow: Flow) => Value;
  readonly query: (query: Query, around: QueryScope) => Relation;
  readonly table: (table: TableExpression, around: FromScope) => Frame;
  /** Where problems go; another list while common tables are looked through. */
  problems: Problem[];
  /** Problems in common tables: they count only if the table is read. */
  readonly unchecked: CheckedTable[];
  /** What the columns of recursive common tables turned out to be taken from. */
  readonly recursions: Map<BaseColumn, Lineage>;
  readonly relations: Map<string, KnownRelation>;
  readonly meanings: Map<Column, ColumnMeaning>;
  /** Calls that make one value of several rows, or may do so: of functions that are not known. */
  readonly aggregates: Set<Call>;
  /** Of every expression that has been looked through; only if asked for. */
  readonly values?: Map<Expression, Value>;
}

/** A common table whose problems wait until it is known whether anything reads it. */
export interface CheckedTable {
  readonly definition: CommonTable;
  readonly reads: Reads;
  readonly problems: readonly Problem[];
}

export interface AnalysisOptions {
  /** Warn of `select *` over a table whose columns may change. */
  readonly changingStars?: boolean;
  /** The result becomes a table or view: two columns of one name are an error where the warehouse refuses them. */
  readonly asTable?: boolean;
  /** Find out which columns of other relations each value is taken from. Default true. */
  readonly lineage?: boolean;
  /** Names of the tables that there are, for "did you mean". */
  readonly tableNames?: () => Iterable<string>;
}

/** A relation outside the query that it reads, with its columns as they have been asked for so far. */
export interface KnownRelation {
  readonly base: BaseRelation;
  readonly columns: Map<string, BaseColumn>;
  readonly relation: Relation;
  readonly changing: boolean;
}

/** What surrounds a query. */
export type QueryScope = Pick<Scope, 'outer' | 'tables' | 'reads'>;

/** What surrounds a table in FROM: `before` are the tables left of it, which a lateral one sees. */
export interface FromScope extends QueryScope {
  readonly before: Frame;
  readonly level: Scope['level'];
  /** Conditions of joins, which may use aliases, and so are looked at after the output columns. */
  readonly later: ((aliases: Scope['aliases']) => void)[];
}

/** `is 1 output column`, `are 3 output columns`. */
export const outputs = (count: number): string =>
  count === 1 ? 'is only 1 output column' : `are only ${count} output columns`;

export function report(context: Context, code: string, place: Place, message: string, hint?: string): void {
  add(context, { code, severity: 'error', message, start: place.start, end: place.end, ...(hint ? { hint } : {}) });
}

export function warn(context: Context, code: string, place: Place, message: string, hint?: string): void {
  add(context, { code, severity: 'warning', message, start: place.start, end: place.end, ...(hint ? { hint } : {}) });
}

function add(context: Context, problem: Problem): void {
  const { problems } = context;
  const same = (other: Problem) =>
    other.code === problem.code && other.start === problem.start && other.end === problem.end;
  if (!problems.some(same)) problems.push(problem);
}

/** The column of a relation, the same object whenever it is asked for. */
export function baseColumn(known: KnownRelation, name: string): BaseColumn {
  return remembered(known.columns, name, () => ({ relation: known.base, name }));
}

/** The lineage of a column that is not listed, of a relation whose columns are unknown. */
export function unlistedLineage(context: Context, relation: Relation, name: string): Lineage {
  const known = relation.base && context.relations.get(relation.base.name);
  return known ? new Map([[baseColumn(known, name), 'copied']]) : noLineage;
}
