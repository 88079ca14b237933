import type { Dialect } from '../dialect.ts';
import type { DataType, Expression, Query, TableExpression } from '../tree.ts';
import type { CommentFeed } from './comments.ts';
import { concat, type Doc, enclose, line, sequence } from './document.ts';

/**
 * What the printers of all kinds of nodes share. They print one another's nodes through it, so that their files need not
 * import in circles.
 */
export interface Printing {
  readonly dialect: Dialect;
  comments: CommentFeed;
  /** An expression in a place where any can stand. */
  expression(node: Expression): Doc;
  /** An expression that has lines for itself: behind WHERE, in parentheses. */
  condition(node: Expression): Doc;
  /** An expression in parentheses if it binds less tightly than `minimum`, one of `precedence`. */
  operand(node: Expression, minimum: number): Doc;
  query(node: Query): Doc;
  /** A query in parentheses; comments before `end` stay inside. */
  nested(node: Query, end: number): Doc;
  table(node: TableExpression): Doc;
  type(node: DataType): Doc;
}

/** A line break before what starts at an offset: comments of the line before end that line, others come before it. */
export function lineBefore({ comments }: Printing, start: number, separator: Doc = line): Doc {
  const ended = comments.atLineEnd(start);
  return concat(ended, separator, comments.before(start));
}

/** Items with commas between them, each on its own line if they do not fit on one; comments stay with their item. */
export function list<Item extends { readonly start: number }>(
  printing: Printing,
  items: readonly Item[],
  print: (item: Item) => Doc,
): Doc {
  const docs: Doc[] = [];
  for (const [index, item] of items.entries()) {
    const next = items[index + 1];
    docs.push(printing.comments.before(item.start), print(item));
    if (next) docs.push(printing.comments.atLineEnd(next.start), ',', line);
  }
  return sequence(docs);
}

/** As {@link list}, in parentheses; comments before `end` stay inside. */
export function parenthesizedList<Item extends { readonly start: number }>(
  printing: Printing,
  items: readonly Item[],
  print: (item: Item) => Doc,
  end = -1,
): Doc {
  if (items.length === 0) return '()';
  return enclose('(', concat(list(printing, items, print), printing.comments.inside(end)), ')');
}
