import type { Review } from '../../core/index.ts';
import { count, countOf } from '../texts/amounts.ts';
import { boundedFrame, boundedItem } from './bounded-outline.ts';
import { escapeAddress, escapeMarkdown, escapeMarkdownBlock } from './escape.ts';
import { type Escaping, escapedItem, escapedOutline } from './escaped-outline.ts';
import { type Fitted, fitPieces, type Piece } from './fit.ts';
import { lineagePicture } from './lineage-picture.ts';
import { outlineOf } from './make-outline.ts';
import { mermaidText } from './mermaid.ts';
import { type Outline, type OutlineItem, sectionKeys } from './outline.ts';
import type { ReportContext } from './report-context.ts';
import { reviewTemplate } from './templates.ts';

/** How long a report may be. */
export interface MarkdownLimit {
  readonly most: number;
  readonly unit: 'characters' | 'bytes';
}

/** GitHub takes no more characters as a comment. */
const commentSize = 65_536;
/** Nodes of the picture. */
const mostNodes = 40;

/** Begins the comment on a pull request, which is found again by it. A name that could end it is written in hex. */
export function commentMarker(project: string): string {
  return `<!-- ingot-ci:${/^\w+$/.test(project) ? project : Buffer.from(project).toString('hex')} -->`;
}

/**
 * The review as Markdown with collapsible details. It is never longer than the limit: the details of what matters least
 * go first, then whole items, and the report says what went.
 */
export function markdownReport(
  review: Review,
  context: ReportContext,
  limit: MarkdownLimit = { most: context.commentSize ?? commentSize, unit: 'characters' },
): string {
  const escaping: Escaping = { text: escapeMarkdown, block: escapeMarkdownBlock, links: context.links };
  const outline = outlineOf(review, context);
  const frame = escapedOutline(boundedFrame(outline), escaping);
  const marker = commentMarker(review.project);
  const picture = lineagePicture(review.changes, mostNodes);
  const icon = outline.passed ? '✅' : '❌';
  const render = reviewTemplate('comment.md.njk');
  const write = (fitted: readonly Fitted[], drawn: boolean): string =>
    tidied(
      render({
        ...frame,
        marker,
        icon,
        picture: drawn && picture ? mermaidText(picture) : '',
        sections: outline.sections.map(({ items }, place) => ({
          ...frame.sections[place],
          amount: count(items.length),
          ...cuts(fitted[place]),
        })),
        cut: isCut(fitted) || (picture && !drawn) ? `${count(limit.most)} ${limit.unit}` : '',
        run: escapeAddress(context.links?.run ?? ''),
      }),
    );
  const pieces = outline.sections.map(({ items }) => items.map((item) => pieceOf(item, escaping)));
  // As long as the frame can get: everything is cut, and all cuts are told.
  const empty = pieces.map(({ length }): Fitted => ({ texts: [], hidden: length, shortened: length }));
  for (const drawn of [true, false]) {
    const room = limit.most - sizeIn(limit)(write(empty, drawn));
    if (room >= 0) return write(fitByImportance(outline, pieces, room, sizeIn(limit)), drawn);
  }
  return cutTo(limit, `${marker}\n## ${icon} ${frame.verdict}\n`);
}

const isCut = (fitted: readonly Fitted[]): boolean => fitted.some(({ hidden, shortened }) => hidden + shortened > 0);

function cuts({ texts, hidden, shortened }: Fitted = { texts: [], hidden: 0, shortened: 0 }): object {
  return {
    body: texts.join(''),
    hidden: hidden === 0 ? '' : `… and ${count(hidden)} more`,
    shortened: shortened === 0 ? '' : `${countOf(shortened, 'entry', 'entries')} without details`,
  };
}

function pieceOf(item: OutlineItem, escaping: Escaping): Piece {
  const hasDetails = item.lines.length > 0 || item.block !== undefined || item.table !== undefined;
  const render = (file: string): string => tidied(reviewTemplate(file)(escapedItem(boundedItem(item), escaping)));
  return {
    short: () => render('item-short.md.njk'),
    full: hasDetails ? () => `\n${render('item.md.njk')}\n` : undefined,
  };
}

function fitByImportance(
  { sections }: Outline,
  pieces: readonly (readonly Piece[])[],
  room: number,
  measure: (text: string) => number,
): readonly Fitted[] {
  const order = sections
    .map(({ key }, place) => ({ place, rank: sectionKeys.indexOf(key) }))
    .sort((one, other) => one.rank - other.rank);
  const fitted = fitPieces(
    order.map(({ place }) => pieces[place] ?? []),
    room,
    measure,
  );
  return sections.map((_, place) => {
    const found = fitted[order.findIndex((ordered) => ordered.place === place)];
    return found ?? { texts: [], hidden: 0, shortened: 0 };
  });
}

/** At most one empty line at a time. */
const tidied = (text: string): string => `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`;

/** UTF-16 units are at least as many as characters. */
const sizeIn =
  ({ unit }: MarkdownLimit) =>
  (text: string): number =>
    unit === 'bytes' ? Buffer.byteLength(text) : text.length;

function cutTo(limit: MarkdownLimit, text: string): string {
  let cut = text.slice(0, limit.most);
  while (sizeIn(limit)(cut) > limit.most) cut = cut.slice(0, -1);
  return cut;
}
