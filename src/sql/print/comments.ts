import type { LexicalSyntax } from '../dialect.ts';
import type { Comment } from '../tree.ts';
import { type Doc, hardLine, sequence, suffix } from './document.ts';

/** Gives the comments of a statement out, each once, as printing passes their places. */
export class CommentFeed {
  private readonly comments: readonly Comment[];
  private readonly lexical: LexicalSyntax;
  private next = 0;

  constructor(comments: readonly Comment[], lexical: LexicalSyntax) {
    this.comments = comments;
    this.lexical = lexical;
  }

  /** Those that stand before an offset and were not given out, for the place right before what starts there. */
  before(offset: number): Doc {
    if (!this.waits(offset)) return '';
    let last = this.next;
    while (last + 1 < this.comments.length && this.comments[last + 1]!.start < offset) last++;
    // What stands before a comment on a line of its own has a line of its own too.
    let inline = last + 1;
    while (inline > this.next && isInline(this.comments[inline - 1]!)) inline--;
    const docs: Doc[] = [];
    for (; this.next <= last; this.next++) {
      docs.push(this.textOf(this.comments[this.next]!), this.next < inline ? hardLine : ' ');
    }
    return sequence(docs);
  }

  /** Those before an offset that stand at the end of the line just printed. */
  atLineEnd(offset: number): Doc {
    if (!this.waits(offset)) return '';
    let last = -1;
    for (let index = this.next; index < this.comments.length; index++) {
      const { start, place } = this.comments[index]!;
      if (start >= offset || place === 'alone') break;
      if (place === 'end') last = index;
    }
    if (last < 0) return '';
    const docs: Doc[] = [];
    let together = '';
    for (; this.next <= last; this.next++) {
      const comment = this.comments[this.next]!;
      together += ` ${this.textOf(comment)}`;
      const goesOn = docs.length === 0 && !isLineComment(comment) && !comment.text.includes('\n');
      if (this.next < last && goesOn) continue;
      docs.push(suffix(together));
      together = '';
    }
    return sequence(docs);
  }

  /** All before an offset, for the end of what ends there. */
  inside(offset: number): Doc {
    const docs: Doc[] = [this.atLineEnd(offset)];
    let isLineOver = docs[0] !== '';
    for (; this.waits(offset); this.next++) {
      const comment = this.comments[this.next]!;
      const text = this.textOf(comment);
      docs.push(isInline(comment) && !isLineOver ? ' ' : hardLine, isLineComment(comment) ? suffix(text) : text);
      isLineOver = !isInline(comment);
    }
    return sequence(docs);
  }

  /** Whether a comment before an offset was not given out yet. */
  waits(offset: number): boolean {
    return this.next < this.comments.length && this.comments[this.next]!.start < offset;
  }

  private textOf(comment: Comment): string {
    const { text } = comment;
    if (text.startsWith('//') && !this.lexical.slashComments) return `--${text.slice(2)}`;
    if (!text.startsWith('/*') || this.lexical.nestedComments) return text;
    return `/*${text.slice(2, -2).replaceAll('*/', '* /')}*/`;
  }
}

function isLineComment({ text }: Comment): boolean {
  return !text.startsWith('/*');
}

function isInline(comment: Comment): boolean {
  return !isLineComment(comment) && (comment.place === undefined || comment.place === 'between');
}
