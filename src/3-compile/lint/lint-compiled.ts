import type { Diagnostic, LintedSql, LintFinding, LintLevel, LintRule, Span } from '../../core/index.ts';
import { type Dialect, findDialect, parse } from '../../sql/index.ts';
import { diagnosticAt } from '../analysis/diagnostic-at.ts';
import type { CompiledNode, TemplatePlace } from '../compilation.ts';

/** A rule that is looked for, and what its findings count as. */
export interface ActiveRule {
  readonly rule: LintRule;
  readonly level: Exclude<LintLevel, 'off'>;
}

/** What a rule found, at its place in the templates. */
export interface Lint {
  /** Its code is `lint/` and the rule's name. */
  readonly diagnostic: Diagnostic & { readonly span: Span };
  /** Changes of files that mend it. Empty: somebody has to think about it, or it was not typed there. */
  readonly edits: readonly FileEdit[];
}

/** Another text in the place of a stretch of a file. */
export interface FileEdit extends Span {
  readonly text: string;
}

/**
 * Looks through a node's SQL for the rules' habits. What no template of the project wrote is left out, and so is what a
 * comment `ingot: ignore` allows; what cannot be read has no habits.
 *
 * @param textOf the text of a file of the project; undefined for a file that is not the project's own.
 */
export function lintCompiled(
  compiled: CompiledNode,
  dialectName: string,
  rules: readonly ActiveRule[],
  textOf: (file: string) => string | undefined,
): readonly Lint[] {
  const dialect = findDialect(dialectName);
  const sql = dialect && readSql(compiled, dialect);
  if (!sql) return [];
  return rules.flatMap(({ rule, level }) =>
    rule.find(sql).flatMap((finding): Lint[] => {
      const place = placeOf(compiled, finding);
      const text = place && textOf(place.span.file);
      if (!place || text === undefined || isIgnored(rule.name, place.span, text)) return [];
      const { message, hint } = finding;
      const diagnostic = { code: `lint/${rule.name}`, severity: level, message, hint, ...place };
      return [{ diagnostic, edits: editsOf(compiled, finding) }];
    }),
  );
}

function readSql(compiled: CompiledNode, dialect: Dialect): LintedSql | undefined {
  const { statements, diagnostics } = parse(compiled.sql, { dialect: dialect.name });
  if (diagnostics.some(({ severity }) => severity === 'error')) return undefined;
  return { text: compiled.sql, statements, isTyped: ({ start, end }) => typedAt(compiled, start, end) !== undefined };
}

function placeOf(compiled: CompiledNode, finding: LintFinding): { span: Span } | undefined {
  const replaced = { text: compiled.sql, original: (offset: number) => offset };
  const place = diagnosticAt({ compiled, replaced, otherwise: nowhere }, finding);
  return place?.span && { ...place, span: place.span };
}

const nowhere: Span = { file: '', start: 0, end: 0 };

/** Where a stretch of the SQL was typed, letter by letter, in one template; undefined if something made it. */
function typedAt(compiled: CompiledNode, start: number, end: number): Span | undefined {
  const first = compiled.locate(start);
  const last = end > start ? compiled.locate(end - 1) : first;
  if (!first || !last || !isLetter(first) || !isLetter(last)) return undefined;
  const { file, start: from } = first.span;
  const isWhole = last.span.file === file && last.span.start - from === Math.max(0, end - 1 - start);
  return isWhole ? { file, start: from, end: from + end - start } : undefined;
}

/** What was typed has a place of one letter, and came through no macro. */
const isLetter = ({ span, notes }: TemplatePlace): boolean => span.end - span.start === 1 && notes.length === 0;

/** All of a finding's changes, or none: where one is in what a macro made, the others alone would be half of it. */
function editsOf(compiled: CompiledNode, { fix = [] }: LintFinding): readonly FileEdit[] {
  const edits = fix.map(({ start, end, text }): FileEdit | undefined => {
    const span = typedAt(compiled, start, end);
    return span && { ...span, text };
  });
  return edits.includes(undefined) ? [] : (edits as FileEdit[]);
}

/** `-- ingot: ignore` or `{# ingot: ignore rule, other #}`, on the line or by itself on the line above. */
function isIgnored(rule: string, span: Span, text: string): boolean {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const end = text.indexOf('\n', span.start);
  const line = text.slice(start, end < 0 ? undefined : end);
  const above = text.slice(text.lastIndexOf('\n', start - 2) + 1, Math.max(0, start - 1));
  return allows(line, rule) || (/^\s*(--|\{#|\/\*)/.test(above) && allows(above, rule));
}

function allows(line: string, rule: string): boolean {
  const found = /(?:--|\{#|\/\*).*?\bingot:\s*ignore\b([^#*]*)/i.exec(line);
  if (!found) return false;
  const names = found[1]!.match(/[a-z][a-z-]*/gi);
  return names === null || names.includes(rule);
}
