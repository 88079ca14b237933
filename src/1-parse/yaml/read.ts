import type { Event } from 'js-yaml';
import { type Diagnostic, error, type Json, type Span, warning } from '../../core/index.ts';
import { type BuildProblem, type Built, buildValue } from './build.ts';
import { originalOf } from './copies.ts';
import { startOf } from './event-place.ts';
import { readEvents, YamlSyntaxError } from './events.ts';
import { syntaxDiagnostic } from './syntax-error.ts';

/** What a YAML file says. */
export interface YamlFile {
  /** Undefined where the file has an error; null where it is empty. */
  readonly value: Json | undefined;
  /** Syntax errors, and duplicate keys as warnings (the last one counts, as in dbt). */
  readonly diagnostics: readonly Diagnostic[];
  /** Mappings and lists with marks (`markMember`). */
  readonly marked: readonly object[];
  /** The first key of a mapping of `value` that YAML reads as something else than a text: `1`, `on`. */
  otherKeyOf(container: object): string | undefined;
  /**
   * Where a mapping or list of `value` was written: from its first character to the end of that line. With `index`, the
   * place of that item of a list. Works for rendered copies (`renderYaml`), too. Undefined for what does not come from this file.
   */
  spanOf(container: object, index?: number): Span | undefined;
}

/**
 * Reads YAML as dbt does (PyYAML: YAML 1.1, see `resolvePlain`): anchors, merge keys, several spellings of booleans.
 * Keys are made strings. Lists and mappings that stand behind an alias are the same object: treat the value as
 * read-only.
 *
 * @param file the path for spans, relative to the project folder.
 * @param marksDates whether dates and timestamps are marked, so that templates get Python's. Default: they are texts.
 */
export function readYaml(text: string, file: string, marksDates = false): YamlFile {
  let events: readonly Event[];
  try {
    events = readEvents(text);
  } catch (problem) {
    if (!(problem instanceof YamlSyntaxError)) throw problem;
    return failed(syntaxDiagnostic(problem.message, problem.offset, text, file));
  }
  if (events.length === 0) return { value: null, diagnostics: [], marked: [], otherKeyOf: nowhere, spanOf: nowhere };
  const built = buildValue(text, events, marksDates);
  const diagnostics = built.problems.map((problem) => buildDiagnostic(problem, text, file));
  if (hasSecondDocument(events)) diagnostics.push(severalDocuments(text, file, events[1]));
  const broken = diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  const value = broken ? undefined : built.value;
  const otherKeyOf = (container: object): string | undefined => built.otherKeys.get(container);
  return { value, diagnostics, marked: built.marked, otherKeyOf, spanOf: spanFinder(built, text, file) };
}

function failed(diagnostic: Diagnostic): YamlFile {
  return { value: undefined, diagnostics: [diagnostic], marked: [], otherKeyOf: nowhere, spanOf: nowhere };
}

const nowhere = (): undefined => undefined;

function spanFinder(built: Built, text: string, file: string): YamlFile['spanOf'] {
  return (container, index) => {
    const original = originalOf(container);
    const start = index === undefined ? built.starts.get(original) : built.itemStarts.get(original)?.[index];
    if (start === undefined || start < 0) return undefined;
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    return { file, start, end: text[end - 1] === '\r' ? end - 1 : end };
  };
}

function buildDiagnostic(problem: BuildProblem, text: string, file: string): Diagnostic {
  const span = { file, start: problem.start, end: problem.end };
  if (problem.kind === 'duplicate-key') {
    const hint = 'The last one counts; remove the other';
    return warning('parse/duplicate-key', problem.message, { span, hint });
  }
  if (problem.kind === 'bad-key') {
    return error('parse/yaml-syntax', problem.message, { span, hint: quoteHint(text, problem.start) });
  }
  return error('parse/yaml-syntax', problem.message, { span });
}

function quoteHint(text: string, at: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, (text.indexOf('\n', at) + 1 || text.length + 1) - 1);
  const template = /\{\{.*\}\}/.exec(line)?.[0];
  return template === undefined ? undefined : `Write it in quotes: "${template.replaceAll('"', "'")}"`;
}

function hasSecondDocument(events: readonly Event[]): boolean {
  // The first event opens a document; another one of its type opens a second.
  return events.some(({ type }, index) => index > 0 && type === events[0]?.type);
}

/** @param content the event of what the first document holds. A line '---' may stand before it. */
function severalDocuments(text: string, file: string, content: Event | undefined): Diagnostic {
  const behind = content === undefined ? 0 : Math.max(0, startOf(content));
  const marker = text.indexOf('\n---', behind);
  const start = marker < 0 ? 0 : marker + 1;
  return error('parse/yaml-syntax', 'A second document starts here; a file holds one', {
    span: { file, start, end: Math.min(start + 3, text.length) },
    hint: "Remove the line '---', or put what follows into a file of its own",
  });
}
