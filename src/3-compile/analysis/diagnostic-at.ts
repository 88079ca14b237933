import type { Diagnostic, Span } from '../../core/index.ts';
import type { CompiledNode } from '../compilation.ts';
import type { ReplacedText } from './replacements.ts';

/** The text that was analysed, and the compiled SQL that it was made of. */
export interface Located {
  readonly compiled: CompiledNode;
  readonly replaced: ReplacedText;
  /** For what no template wrote: the test in a properties file. */
  readonly otherwise: Span;
}

/** Where a piece of the analysed text was written, with the macro calls that it came through. */
export function diagnosticAt(
  { compiled, replaced }: Located,
  { start, end }: { readonly start: number; readonly end: number },
): Pick<Diagnostic, 'span' | 'notes'> | undefined {
  if (start < 0) return undefined;
  const from = compiled.locate(replaced.original(start));
  if (!from) return undefined;
  const to = end > start ? compiled.locate(replaced.original(end - 1)) : undefined;
  const { span, notes } = from;
  // Both ends in one text of one file: then everything between them is meant.
  const whole = to && to.span.file === span.file && to.notes.length === notes.length && to.span.end > span.start;
  return { span: whole ? { ...span, end: to.span.end } : span, ...(notes.length > 0 ? { notes } : {}) };
}
