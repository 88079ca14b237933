import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import {
  type Diagnostic,
  type DiagnosticNote,
  positionAt,
  type ReviewPlace,
  type ReviewProblem,
  readableText,
  type Span,
} from '../../core/index.ts';

/** Where the project's folder stands in its repository, with `/`; empty where it is the top, or in none. */
export function folderInRepository(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return relative(folder, root).split('\\').join('/');
    if (dirname(folder) === folder) return '';
  }
}

/** Finds the lines of spans in the files of a project; each file is read once. */
export function placeFinder(root: string, folder: string): (span: Span) => ReviewPlace | undefined {
  const texts = new Map<string, string | undefined>();
  return ({ file, start }) => {
    if (!texts.has(file)) texts.set(file, readableText(join(root, file)));
    const text = texts.get(file);
    if (text === undefined) return undefined;
    return { file: folder === '' ? file : `${folder}/${file}`, ...positionAt(text, start) };
  };
}

/** Problems as a review has them, each once: compiling and building find the same ones. */
export function reviewProblems(
  diagnostics: readonly Diagnostic[],
  placeOf: (span: Span) => ReviewPlace | undefined,
): readonly ReviewProblem[] {
  const noteText = ({ message, span }: DiagnosticNote): string => {
    const place = span && placeOf(span);
    return place === undefined ? message : `${message} ${place.file}:${place.line}:${place.column}`;
  };
  const found = diagnostics.map(({ code, severity, message, notes, hint, span }) => ({
    code,
    severity,
    message,
    notes: notes?.map(noteText),
    hint,
    place: span && placeOf(span),
  }));
  return [...new Map(found.map((problem) => [JSON.stringify(problem), problem])).values()];
}
