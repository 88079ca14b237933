import type { SqlDiagnostic } from '../diagnostic.ts';
import type { Dialect } from '../dialect.ts';
import type { FilterHow, How } from '../lineage/index.ts';
import { Problems } from '../parse/problems.ts';
import { parseScript } from '../parse/script.ts';
import type { Statement } from '../statement-tree.ts';
import type { Query } from '../tree.ts';
import { typeText } from '../types/index.ts';
import { type Analysis, analyzeQuery } from './analysis.ts';
import type { AnalysisOptions } from './context.ts';
import { type SchemaTable, schemaCatalog } from './schema.ts';

export interface AnalyzeOptions extends Pick<AnalysisOptions, 'asTable' | 'changingStars'> {
  readonly dialect: Dialect;
  /** The tables that there are. Without it nothing is known of any table, and no name of one is wrong. */
  readonly schema?: readonly SchemaTable[] | undefined;
}

/** A base column that a value is taken from. */
export interface AnalyzedSource {
  /** As the schema spells it. */
  readonly relation: string;
  /** As the schema spells it; `*` for all columns of a relation whose columns are unknown. */
  readonly column: string;
  readonly how: How;
}

/** A base column that chooses, joins, groups or orders rows. */
export interface AnalyzedFilter {
  readonly relation: string;
  readonly column: string;
  readonly how: FilterHow;
}

export interface ResultColumn {
  /** As the warehouse calls it; `*` for the columns of a relation whose columns are unknown. */
  readonly name: string;
  /** As the dialect writes it; `unknown` if it cannot be told. */
  readonly type: string;
  /** False only if it is certain that it is never NULL. */
  readonly nullable: boolean;
  readonly sources: readonly AnalyzedSource[];
  /** Where the expression stands that it comes from: offsets into the text. */
  readonly start: number;
  readonly end: number;
}

export interface AnalyzedRelation {
  readonly name: string;
  /** Whether the schema knows its columns. */
  readonly known: boolean;
  /** The columns that the result depends on, as value or as filter. */
  readonly used: readonly string[];
}

export interface AnalyzeResult {
  readonly columns: readonly ResultColumn[];
  readonly filters: readonly AnalyzedFilter[];
  readonly relations: readonly AnalyzedRelation[];
  readonly diagnostics: readonly SqlDiagnostic[];
}

/**
 * Reads a text and works out what the query in it gives: columns with types and lineage, and what is wrong. Of several
 * statements the first one with a query counts: a SELECT, or one inside CREATE TABLE AS, CREATE VIEW or INSERT.
 */
export function analyze(sql: string, { dialect, schema, ...options }: AnalyzeOptions): AnalyzeResult {
  const { statements, diagnostics } = parseScript(sql, dialect);
  const statement = statements.find((one) => queryOf(one) !== undefined);
  const query = statement && queryOf(statement);
  if (!query) return { columns: [], filters: [], relations: [], diagnostics };
  const analysis = analyzeQuery(query, {
    text: sql,
    dialect,
    catalog: schemaCatalog(schema ?? [], dialect),
    asTable: statement.kind === 'create-table' || statement.kind === 'create-view',
    tableNames: () => (schema ?? []).map(({ name }) => name),
    ...options,
  });
  return { ...resultOf(analysis, dialect), diagnostics: allDiagnostics(sql, diagnostics, analysis) };
}

/** The query that a statement is, or that gives the rows of what it makes. */
export function queryOf(statement: Statement): Query | undefined {
  if (statement.kind === 'query-statement') return statement.query;
  if (statement.kind === 'create-table' || statement.kind === 'create-view') return statement.query;
  return statement.kind === 'insert' && typeof statement.source !== 'string' ? statement.source : undefined;
}

function resultOf(analysis: Analysis, dialect: Dialect): Omit<AnalyzeResult, 'diagnostics'> {
  const columns = analysis.columns.map(
    ({ name, type, nullable, sources, place }): ResultColumn => ({
      name,
      type: typeText(type, dialect),
      nullable,
      sources: [...sources].map(([column, how]) => ({ relation: column.relation.name, column: column.name, how })),
      start: place?.start ?? -1,
      end: place?.end ?? -1,
    }),
  );
  const filters = [...analysis.filters].flatMap(([how, found]) =>
    [...found].map(({ relation, name }) => ({ relation: relation.name, column: name, how })),
  );
  const relations = analysis.relations.map(({ relation, used }) => ({
    name: relation.name,
    known: relation.known,
    used: [...used],
  }));
  return { columns, filters, relations };
}

/** A text that could not be read whole gives no errors of meaning: they could come from what is missing. */
function allDiagnostics(sql: string, syntax: readonly SqlDiagnostic[], analysis: Analysis): readonly SqlDiagnostic[] {
  if (syntax.length > 0) return syntax;
  const problems = new Problems(sql);
  for (const { code, severity, message, start, end, hint } of analysis.problems) {
    problems.add(code, message, start, end, hint, severity);
  }
  return problems.sorted();
}
