// sql: text → SQL tree → columns, types, SQL
import { type AnalyzeOptions, type AnalyzeResult, analyze as analyzeText } from './analyze/index.ts';
import { bareText } from './bare-text.ts';
import { findDialect } from './dialects/index.ts';
import { findTranslation, preludeOf } from './dialects/translations.ts';
import { type Parsed, parseScript } from './parse/script.ts';
import { type Printable, printScript, printTree } from './print/index.ts';
import type { Statement } from './statement-tree.ts';
import { type Translated, type TranslateInput, translateScript } from './translate/translate.ts';
import { usedMacros } from './translate/used-macros.ts';

export type {
  AnalyzedFilter,
  AnalyzedRelation,
  AnalyzedSource,
  AnalyzeResult,
  ResultColumn,
  SchemaColumn,
  SchemaTable,
} from './analyze/index.ts';
export {
  type Analysis,
  analyzeQuery,
  type Catalog,
  type CatalogColumn,
  type CatalogTable,
  queryOf,
} from './analyze/index.ts';
export type { SqlDiagnostic } from './diagnostic.ts';
export type { Dialect } from './dialect.ts';
export { dialectNames, findDialect } from './dialects/index.ts';
export { hasLastingRows, hasLastingValues } from './lasting-rows/lasting-rows.ts';
export type { FilterHow, How } from './lineage/index.ts';
export { foldName } from './names/index.ts';
export { mostGuesses, nearest, probablyMeant } from './nearest.ts';
export type { Parsed } from './parse/script.ts';
export type { Printable } from './print/index.ts';
export type * from './statement-tree.ts';
export type { Translated } from './translate/translate.ts';
export type * from './tree.ts';
export { readTypeText, type SqlType, sameFamily, typeText } from './types/index.ts';
export { children, holds, type NodeOf, type SyntaxNode, walk } from './visit.ts';

/** How to read a text. */
export interface ParseOptions {
  /** The name of a dialect: `snowflake`, `duckdb`. */
  readonly dialect: string;
}

/**
 * Reads SQL: all statements of a text as a tree with places everywhere, comments kept. What is wrong is in the
 * diagnostics, several errors of a statement too; then the tree has `bad-…` nodes where something could not be read.
 *
 * @throws RangeError for a dialect that does not exist.
 */
export function parse(sql: string, { dialect }: ParseOptions): Parsed {
  const found = findDialect(dialect);
  if (found === undefined) throw new RangeError(`There is no SQL dialect '${dialect}'`);
  return parseScript(sql, found);
}

/**
 * The text of a tree: lower-case words, a clause a line where it does not fit on one, comments at their places. Made trees
 * get the parentheses and quotes that they need. Reading what was printed gives an equal tree. Several statements have
 * semicolons behind them; one alone has none.
 *
 * @throws RangeError for a dialect that does not exist.
 */
export function print(node: Printable | readonly Statement[], { dialect }: ParseOptions): string {
  const found = findDialect(dialect);
  if (found === undefined) throw new RangeError(`There is no SQL dialect '${dialect}'`);
  return 'kind' in node ? printTree(node, found) : printScript(node, found);
}

/**
 * The text without comments, and with one blank in place of all space: two texts with the same one say the same.
 *
 * @throws RangeError for a dialect that does not exist.
 */
export function withoutComments(sql: string, { dialect }: ParseOptions): string {
  const found = findDialect(dialect);
  if (found === undefined) throw new RangeError(`There is no SQL dialect '${dialect}'`);
  return bareText(sql, found);
}

/** How to analyse a text. */
export type AnalyzeSettings = ParseOptions & Omit<AnalyzeOptions, 'dialect'>;

/**
 * Reads a text and works out what the query in it gives: columns with types and lineage, the columns that only filter,
 * join, group or order, and what is wrong. A problem is an error only if the warehouse would refuse the statement for
 * certain.
 *
 * @throws RangeError for a dialect that does not exist.
 */
export function analyze(sql: string, { dialect, ...options }: AnalyzeSettings): AnalyzeResult {
  const found = findDialect(dialect);
  if (found === undefined) throw new RangeError(`There is no SQL dialect '${dialect}'`);
  return analyzeText(sql, { dialect: found, ...options });
}

/** How to translate a text. */
export interface TranslateSettings extends Pick<TranslateInput, 'schema'> {
  /** The name of the dialect that it is written in. */
  readonly from: string;
  /** The name of the dialect that it shall be said in. */
  readonly to: string;
}

/**
 * Says SQL of one dialect in another, with the same answers. What has no translation that is known to be right is an
 * error in the diagnostics, and then there is no text. The statements may call macros of the {@link prelude}.
 *
 * @throws RangeError if there is no translation between the dialects.
 */
export function translate(sql: string, { from, to, schema }: TranslateSettings): Translated {
  const rules = findTranslation(from, to);
  const [source, target] = [findDialect(from), findDialect(to)];
  if (!rules || !source || !target) throw new RangeError(`There is no translation from '${from}' to '${to}'`);
  return translateScript(sql, { from: source, to: target, rules, schema });
}

/** Whether {@link translate} knows how to say the one dialect in the other. */
export function canTranslate(from: string, to: string): boolean {
  return findTranslation(from, to) !== undefined;
}

/**
 * The statements that a session needs once before it runs what was translated into a dialect; with `sql`, only those
 * that this text needs. Views that call the macros need them in the session that reads the view, too.
 */
export function prelude(dialect: string, { sql }: { readonly sql?: string } = {}): readonly string[] {
  const all = preludeOf(dialect);
  return sql === undefined ? all : usedMacros(all, sql);
}
