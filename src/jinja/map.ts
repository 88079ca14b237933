import type { Source } from './source.ts';

/**
 * One span of rendered text and where it came from.
 *
 * - `text`: copied from the template character by character (`end - start === outEnd - outStart`; a line break may have
 *   been normalised);
 * - `value`: printed by the expression or block at start…end;
 * - `macro`: printed by the call at start…end, with the map of what the macro itself wrote in `nested` (offsets in
 *   `nested` count from `outStart`).
 */
export interface Segment {
  readonly kind: 'text' | 'value' | 'macro';
  readonly outStart: number;
  readonly outEnd: number;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly nested?: readonly Segment[];
}

/** Text that knows where each piece came from; how mapped macros hand their output to their caller. */
export class Rope {
  readonly text: string;
  readonly segments: readonly Segment[];
  constructor(text: string, segments: readonly Segment[]) {
    this.text = text;
    this.segments = segments;
  }
}

/** Collects output with its map. One per running function, so renders that interleave cannot mix. */
export class MapBuilder {
  private text = '';
  private readonly segments: Segment[] = [];
  private readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  /** Template text from start…end of the source; carriage returns are normalised and split the segment. */
  copy(start: number, end: number, _normalised?: string): void {
    let from = start;
    const { text } = this.source;
    for (;;) {
      const carriage = text.indexOf('\r', from);
      if (carriage < 0 || carriage >= end) break;
      this.push('text', text.slice(from, carriage), from, carriage);
      const paired = text[carriage + 1] === '\n' && carriage + 1 < end;
      from = paired ? carriage + 1 : carriage;
      if (!paired) {
        this.push('text', '\n', from, from + 1);
        from += 1;
      }
    }
    this.push('text', text.slice(from, end), from, end);
  }

  value(printed: string, start: number, end: number): void {
    this.push('value', printed, start, end);
  }

  macro(rope: Rope, start: number, end: number): void {
    this.push('macro', rope.text, start, end, rope.segments);
  }

  done(): Rope {
    return new Rope(this.text, this.segments);
  }

  private push(kind: Segment['kind'], text: string, start: number, end: number, nested?: readonly Segment[]): void {
    if (text === '') return;
    const outStart = this.text.length;
    this.text += text;
    const outEnd = this.text.length;
    const { file } = this.source;
    const place = { kind, outStart, outEnd, file, start, end };
    this.segments.push(nested === undefined ? place : { kind, outStart, outEnd, file, start, end, nested });
  }
}

/** A place that a position in the output came from, innermost last. */
export interface Origin {
  readonly kind: Segment['kind'];
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Where the character at `offset` of the output came from: the place in the rendered template first, then, if a macro
 * wrote it, the place in the macro, and so on. For `text` the offsets are those of the very character.
 */
export function originOf(segments: readonly Segment[], offset: number): Origin[] {
  const origins: Origin[] = [];
  let level: readonly Segment[] | undefined = segments;
  let at = offset;
  while (level !== undefined) {
    const segment: Segment | undefined = find(level, at);
    if (segment === undefined) break;
    const { kind, file, outStart, nested } = segment;
    const exact = kind === 'text';
    const start = exact ? segment.start + at - outStart : segment.start;
    origins.push({ kind, file, start, end: exact ? start + 1 : segment.end });
    level = nested;
    at -= outStart;
  }
  return origins;
}

function find(segments: readonly Segment[], offset: number): Segment | undefined {
  let low = 0;
  let high = segments.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle]!;
    if (offset < segment.outStart) high = middle - 1;
    else if (offset >= segment.outEnd) low = middle + 1;
    else return segment;
  }
  return undefined;
}
