import type { JsonObject, Span } from '../../core/index.ts';

/** What a template said while it was rendered (or read) at parsing: the calls that matter for the project. */
export interface Captured {
  readonly refs: readonly CapturedRef[];
  readonly sources: readonly CapturedSource[];
  /** All `config()` calls, merged; undefined where there was none. */
  readonly config?: JsonObject | undefined;
  /** The first `config()` call. */
  readonly configSpan?: Span | undefined;
  /** Unique ids of the macros that the template itself calls, in the order of the calls. */
  readonly macros: readonly string[];
  /** `metric()` calls. */
  readonly metrics?: readonly (readonly string[])[] | undefined;
  /** `function()` calls. */
  readonly functions?: readonly (readonly string[])[] | undefined;
}

export interface CapturedRef {
  readonly name: string;
  readonly package: string | null;
  readonly version: string | number | null;
  readonly span: Span;
}

export interface CapturedSource {
  readonly source: string;
  readonly table: string;
  readonly span: Span;
}
