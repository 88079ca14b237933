import { nearest, probablyMeant } from '../sql/index.ts';
import type { Span } from './span.ts';

export type Severity = 'error' | 'warning';

/**
 * Something that a person has to know about the project or the run. Errors are data: rooms collect diagnostics and go
 * on, so that all problems of a project are reported together. A `throw` of anything but `Problem` is a bug of ours.
 */
export interface Diagnostic {
  /** Stable slug `room/what`, for example `graph/unknown-ref`; documented in docs/reference/errors.md. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence without a full stop at the end of a value; names things as the user wrote them. */
  readonly message: string;
  readonly span?: Span | undefined;
  /** What to do about it, or a did-you-mean. */
  readonly hint?: string | undefined;
  /** Further places that explain the first: the macro call chain, the other definition of a duplicate. */
  readonly notes?: readonly DiagnosticNote[] | undefined;
}

export interface DiagnosticNote {
  readonly message: string;
  readonly span?: Span | undefined;
}

type Details = Partial<Pick<Diagnostic, 'span' | 'hint' | 'notes'>>;

/** A diagnostic with severity `error`. */
export function error(code: string, message: string, details: Details = {}): Diagnostic {
  return { code, severity: 'error', message, ...details };
}

/** A diagnostic with severity `warning`. */
export function warning(code: string, message: string, details: Details = {}): Diagnostic {
  return { code, severity: 'warning', message, ...details };
}

/**
 * Carries diagnostics out of a deep call to the door of the room, where they become data again. Not a bug of ours: the
 * user's files, database or command line are the reason.
 */
export class Problem extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join('\n'));
    this.name = 'Problem';
    this.diagnostics = diagnostics;
  }
}

/**
 * The known name that was probably meant, or undefined when none is like it: at most a third of the letters differ
 * (insertions, deletions, replacements and swaps of neighbours), or it alone has the same words and others, or it alone is
 * written short. Letter case aside.
 */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  return probablyMeant(name, known, thirdOf(name) + 1);
}

/** The known name of which this is a slip of the pen: it differs in a third of the letters and in `most` of them at most. */
export function misspelled(name: string, known: Iterable<string>, most: number): string | undefined {
  return nearest(name, known, Math.min(most, thirdOf(name)) + 1);
}

const thirdOf = (name: string): number => Math.max(1, Math.floor(name.length / 3));

/** `Did you mean 'x'?` as a hint, or undefined. */
export function didYouMeanHint(name: string, known: Iterable<string>): string | undefined {
  const candidate = didYouMean(name, known);
  return candidate === undefined ? undefined : `Did you mean '${candidate}'?`;
}
