import { type Event, parseEvents, YAMLException } from 'js-yaml';

/** A text that is no YAML: the parser's reason and where it stopped. */
export class YamlSyntaxError extends Error {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.name = 'YamlSyntaxError';
    this.offset = offset;
  }
}

const deficientIndentation = 'deficient indentation';
/** Wider than any nesting. */
const padding = ' '.repeat(500);
const mostPaddings = 5000;

/**
 * The events of a YAML text. Unlike the parser underneath, and like PyYAML, it lets lines inside brackets and quotes
 * begin anywhere (`tags: [` … `]` with the last bracket below the key).
 *
 * @throws YamlSyntaxError
 */
export function readEvents(text: string): readonly Event[] {
  const lineStarts: number[] = [];
  let padded = text;
  for (;;) {
    try {
      const events = parseEvents(padded, { maxDepth: 500 });
      return lineStarts.length === 0 ? events : events.map((event) => moveBack(event, lineStarts));
    } catch (problem) {
      if (!(problem instanceof YAMLException)) throw problem;
      const offset = problem.mark?.position ?? 0;
      const original = originalOffset(offset, lineStarts);
      const lineStart = text.lastIndexOf('\n', Math.max(0, original - 1)) + 1;
      const hopeless = problem.reason !== deficientIndentation || lineStarts.includes(lineStart);
      if (hopeless || lineStarts.length >= mostPaddings) throw new YamlSyntaxError(problem.reason, original);
      lineStarts.push(lineStart);
      lineStarts.sort((a, b) => a - b);
      padded = pad(text, lineStarts);
    }
  }
}

function pad(text: string, lineStarts: readonly number[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const lineStart of lineStarts) {
    parts.push(text.slice(from, lineStart), padding);
    from = lineStart;
  }
  return parts.join('') + text.slice(from);
}

/** The offset in the text that was given, from one in the text with paddings. */
function originalOffset(offset: number, lineStarts: readonly number[]): number {
  let moved = offset;
  for (const lineStart of lineStarts) {
    if (moved <= lineStart) break;
    moved = Math.max(lineStart, moved - padding.length);
  }
  return moved;
}

function moveBack(event: Event, lineStarts: readonly number[]): Event {
  const moved: Record<string, unknown> = { ...event };
  for (const name of ['start', 'valueStart', 'valueEnd', 'anchorStart', 'anchorEnd', 'tagStart', 'tagEnd']) {
    const offset = moved[name];
    if (typeof offset === 'number' && offset >= 0) moved[name] = originalOffset(offset, lineStarts);
  }
  return moved as unknown as Event;
}
