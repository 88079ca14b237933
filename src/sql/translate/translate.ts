import { analyzeQuery, type ColumnMeaning, type SchemaTable, schemaCatalog, type Value } from '../analyze/index.ts';
import type { SqlDiagnostic } from '../diagnostic.ts';
import type { Dialect } from '../dialect.ts';
import { Problems } from '../parse/problems.ts';
import { parseScript } from '../parse/script.ts';
import { printScript } from '../print/index.ts';
import type { Statement } from '../statement-tree.ts';
import type { Column, Expression, Query } from '../tree.ts';
import { type Knowledge, Translation, type TranslationRules } from './translation.ts';

export interface TranslateInput {
  readonly from: Dialect;
  readonly to: Dialect;
  readonly rules: TranslationRules;
  /** Tables with their columns: with types known, more can be said plainly. */
  readonly schema?: readonly SchemaTable[] | undefined;
}

export interface Translated {
  /** The statements in the other dialect, one after the other; empty if there is an error. */
  readonly sql: string;
  readonly diagnostics: readonly SqlDiagnostic[];
}

/**
 * Says statements of one dialect in another, with the same answers: what has no translation that is known to be right
 * is an error in the diagnostics, by name and place.
 */
export function translateScript(sql: string, { from, to, rules, schema }: TranslateInput): Translated {
  const { statements, diagnostics } = parseScript(sql, from);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { sql: '', diagnostics };
  const problems = new Problems(sql);
  const translated = statements.flatMap((statement) => {
    const known = learn(statement, sql, from, schema);
    return new Translation({ from, to }, rules, { ...known, text: sql, problems }).statement(statement);
  });
  const found = [...diagnostics, ...problems.sorted()];
  const failed = found.some(({ severity }) => severity === 'error');
  return { sql: failed ? '' : printScript(translated, to), diagnostics: found };
}

/** The types of all expressions of a statement's queries, as far as they can be known. */
function learn(statement: Statement, text: string, dialect: Dialect, schema: readonly SchemaTable[] = []): Knowledge {
  const catalog = schemaCatalog(schema, dialect);
  const values = new Map<Expression, Value>();
  const meanings = new Map<Column, ColumnMeaning>();
  for (const query of outerQueries(statement)) {
    const analysis = analyzeQuery(query, { text, dialect, catalog, keepValues: true });
    for (const [node, value] of analysis.values) values.set(node, value);
    for (const [node, meaning] of analysis.meanings) meanings.set(node, meaning);
  }
  return { values, meanings };
}

/** The queries of a statement that are not inside of another one. */
function outerQueries(node: object): Query[] {
  if ('kind' in node && node.kind === 'query') return [node as Query];
  return Object.values(node).flatMap((value) =>
    typeof value === 'object' && value !== null ? outerQueries(value as object) : [],
  );
}
