/**
 * Text whose line breaks are still open: a group stands on one line if it fits there, else its lines break. Every piece
 * knows its width on one line, infinite if it has to break, so that laying out takes linear time.
 */
export type Doc = string | Piece;

interface Piece {
  readonly kind: 'concat' | 'group' | 'indent' | 'line' | 'suffix';
  parts: readonly Doc[];
  /** Of a line that does not break. */
  readonly flat: string;
  readonly width: number;
}

/** A blank, or a line break if the group around it breaks. */
export const line: Doc = { kind: 'line', parts: [], flat: ' ', width: 1 };

/** Nothing, or a line break if the group around it breaks. */
const softLine: Doc = { kind: 'line', parts: [], flat: '', width: 0 };

/** A line break; everything around it breaks too. */
export const hardLine: Doc = { kind: 'line', parts: [], flat: '', width: Number.POSITIVE_INFINITY };

export function concat(...parts: readonly Doc[]): Doc {
  return piece('concat', parts);
}

export function group(...parts: readonly Doc[]): Doc {
  return piece('group', parts);
}

export function indent(...parts: readonly Doc[]): Doc {
  return piece('indent', parts);
}

/** Comes at the end of the line that it stands on, and breaks everything around it. */
export function suffix(text: string): Doc {
  return { kind: 'suffix', parts: [text], flat: '', width: Number.POSITIVE_INFINITY };
}

/** A place that is filled later; it counts as too wide for one line. */
export function deferred(): { readonly doc: Doc; readonly fill: (doc: Doc) => void } {
  const doc: Piece = { kind: 'concat', parts: [], flat: '', width: Number.POSITIVE_INFINITY };
  return {
    doc,
    fill: (content) => {
      doc.parts = [content];
    },
  };
}

/** One behind the other, as many as somebody wrote: with so many arguments, `concat` would have no room on the stack. */
export function sequence(parts: readonly Doc[]): Doc {
  return piece('concat', parts);
}

export function join(separator: Doc, parts: readonly Doc[]): Doc {
  const joined: Doc[] = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0) joined.push(separator);
    joined.push(part);
  }
  return piece('concat', joined);
}

/** `open`, the content one step deeper, `close`, on one line if it fits. */
export function enclose(open: string, content: Doc, close: string): Doc {
  return group(open, indent(softLine, content), softLine, close);
}

export function isEmpty(doc: Doc): boolean {
  return typeof doc === 'string' ? doc === '' : doc.kind === 'concat' && doc.width === 0 && doc.parts.every(isEmpty);
}

function piece(kind: Piece['kind'], parts: readonly Doc[]): Doc {
  let width = 0;
  for (const part of parts) width += typeof part === 'string' ? part.length : part.width;
  return { kind, parts, flat: '', width };
}

const STEP = 2;
/** No line begins further to the right, so that deep nesting does not make long texts. */
const DEEPEST = 60;

/** Lays a document out in lines of at most `width` characters where its groups allow it; `ending` comes behind it. */
export function layOut(doc: Doc, width: number, ending = ''): string {
  const out: string[] = [];
  const stack: { doc: Doc; depth: number; flat: boolean }[] = [{ doc, depth: 0, flat: false }];
  let column = 0;
  let waiting = '';
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { doc: current, depth } = next;
    if (typeof current === 'string') {
      out.push(current);
      const newline = current.lastIndexOf('\n');
      column = newline < 0 ? column + current.length : current.length - newline - 1;
    } else if (current.kind === 'suffix') {
      const text = String(current.parts[0]);
      // Two comments of a line would become one, so the second has a line of its own behind it.
      waiting += waiting === '' ? text : `\n${' '.repeat(Math.min(depth, DEEPEST))}${text.trimStart()}`;
    } else if (current.kind === 'line') {
      if (next.flat) {
        out.push(current.flat);
        column += current.flat.length;
      } else {
        column = Math.min(depth, DEEPEST);
        out.push(waiting, '\n', ' '.repeat(column));
        waiting = '';
      }
    } else {
      const flat = next.flat || (current.kind === 'group' && column + current.width <= width);
      const inner = current.kind === 'indent' ? depth + STEP : depth;
      for (let index = current.parts.length - 1; index >= 0; index--) {
        stack.push({ doc: current.parts[index]!, depth: inner, flat });
      }
    }
  }
  // What ends the text must not become part of a line comment.
  const isOpen = waiting !== '' && ending !== '' && (!waiting.trimStart().startsWith('/*') || /--|\/\//.test(waiting));
  return `${out.join('')}${waiting}${isOpen ? '\n' : ''}${ending}`;
}
