import type { Place, Source } from './source.ts';

/**
 * The Python exception that the same mistake raises in dbt. `HostError` stands for an error that a host function
 * threw and that is none of ours; it is in `cause`.
 */
export type ErrorClass =
  | 'TemplateSyntaxError'
  | 'TemplateAssertionError'
  | 'TemplateRuntimeError'
  | 'UndefinedError'
  | 'SecurityError'
  | 'FilterArgumentError'
  | 'TypeError'
  | 'ValueError'
  | 'KeyError'
  | 'IndexError'
  | 'AttributeError'
  | 'ZeroDivisionError'
  | 'OverflowError'
  | 'AssertionError'
  | 'RuntimeError'
  | 'RecursionError'
  | 'CompilationError'
  | 'HostError';

/** One step of the call chain of an error: `name` was called at this place. The innermost call comes first. */
export interface ChainFrame {
  readonly name: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** What a call chain is made of before anybody reads it: offsets are turned into lines only on demand. */
export interface RawFrame {
  readonly name: string;
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/**
 * Everything that can go wrong in a template.
 *
 * `message` is the bare sentence (Jinja's or Python's wording where there is one). The place and the chain of macro
 * calls are added by the engine when the error leaves the expression that caused it, so a host function may throw
 * `new TemplateError('…')` without knowing where it was called from.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly errorClass: ErrorClass;
  /** What to do about it, where that can be told. */
  hint: string | undefined;
  /** The name that nobody knows, and those that were looked through, for a did-you-mean. */
  unknown:
    | {
        readonly name: string;
        readonly known: Iterable<string>;
        /** It was looked for in one thing, of which `known` is all. */
        readonly isMember?: boolean;
      }
    | undefined;
  /** A place of the same template that explains the error: where a block was opened. */
  related: { readonly message: string; readonly start: number; readonly end: number } | undefined;
  #source: Source | undefined;
  #startOffset = 0;
  #endOffset = 0;
  #frames: readonly RawFrame[] = [];

  constructor(
    message: string,
    errorClass: ErrorClass = 'CompilationError',
    options?: ErrorOptions & { readonly hint?: string | undefined },
  ) {
    super(message, options);
    this.errorClass = errorClass;
    this.hint = options?.hint;
    this.unknown = undefined;
    this.related = undefined;
  }

  /** Whether the error knows where it happened. */
  get located(): boolean {
    return this.#source !== undefined;
  }

  /** Where it happened, or undefined when it was thrown outside of any template. */
  get place(): Place | undefined {
    return this.#source?.place(this.#startOffset, this.#endOffset);
  }

  get file(): string | undefined {
    return this.#source?.file;
  }
  get start(): number | undefined {
    return this.#source && this.#startOffset;
  }
  get end(): number | undefined {
    return this.#source && this.#endOffset;
  }
  get line(): number | undefined {
    return this.#source?.lineColumn(this.#startOffset).line;
  }
  get column(): number | undefined {
    return this.#source?.lineColumn(this.#startOffset).column;
  }

  /** The macro calls that led here, innermost first: each says which macro was called and where. */
  get chain(): ChainFrame[] {
    return this.#frames.map(({ name, source, start, end }) => ({ name, ...source.place(start, end) }));
  }

  /** Sets the place, once: the innermost place wins. */
  locate(source: Source, start: number, end: number, chain: readonly RawFrame[] = []): this {
    if (this.#source === undefined) {
      this.#source = source;
      this.#startOffset = start;
      this.#endOffset = end;
      this.#frames = chain;
    }
    return this;
  }

  /** As `format` has it: who only prints an error should see its place. */
  override toString(): string {
    return `${this.name}: ${this.format()}`;
  }

  /** The message with its place and call chain, one line each, for people. */
  format(): string {
    const place = this.place;
    if (place === undefined) return this.message;
    const lines = [`${place.file}:${place.line}:${place.column}: ${this.message}`];
    const calls = this.chain.map(
      (frame) => `  in ${frame.name}, called at ${frame.file}:${frame.line}:${frame.column}`,
    );
    // Of an endless recursion, the first and the last calls tell enough.
    if (calls.length > 20) calls.splice(10, calls.length - 20, `  … ${calls.length - 20} more calls`);
    return [...lines, ...calls].join('\n');
  }
}
