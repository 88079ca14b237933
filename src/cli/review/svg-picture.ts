import { countOf, shorten } from '../texts/amounts.ts';
import { escapeHtml } from './escape.ts';
import type { LineagePicture, PictureNode } from './lineage-picture.ts';

const box = { width: 190, height: 28, across: 60, down: 12, margin: 8 };
const longestName = 26;

/** The picture as SVG, drawn from left to right; its colours come from the page's style sheet. */
export function svgPicture(picture: LineagePicture): string {
  const columns = columnsOf(picture);
  const used: number[] = [];
  const places = columns.map((column) => {
    const row = used[column] ?? 0;
    used[column] = row + 1;
    return {
      x: box.margin + column * (box.width + box.across),
      y: box.margin + row * (box.height + box.down),
    };
  });
  const width = 2 * box.margin + Math.max(1, used.length) * (box.width + box.across) - box.across;
  const rows = Math.max(0, ...used);
  const rest = picture.more === 0 ? '' : `… and ${countOf(picture.more, 'node')} more`;
  const height = 2 * box.margin + rows * (box.height + box.down) + (rest === '' ? 0 : box.height);
  return [
    `<svg class="lineage" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Lineage">`,
    ...picture.edges.map(({ from, to }) => edgePath(places[from], places[to])),
    ...picture.nodes.map((node, place) => nodeBox(node, places[place])),
    ...(rest === '' ? [] : [`<text class="rest" x="${box.margin}" y="${height - box.margin - 4}">${rest}</text>`]),
    '</svg>',
  ].join('\n');
}

/** A node stands to the right of all that it reads. */
function columnsOf({ nodes, edges }: LineagePicture): readonly number[] {
  const columns: (number | undefined)[] = nodes.map(() => undefined);
  const columnOf = (node: number): number => {
    const known = columns[node];
    if (known !== undefined) return known;
    columns[node] = 0;
    const column = Math.max(0, ...edges.filter(({ to }) => to === node).map(({ from }) => columnOf(from) + 1));
    columns[node] = column;
    return column;
  };
  return nodes.map((_, node) => columnOf(node));
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function edgePath(from: Place = { x: 0, y: 0 }, to: Place = { x: 0, y: 0 }): string {
  const [startX, startY] = [from.x + box.width, from.y + box.height / 2];
  const [endX, endY] = [to.x, to.y + box.height / 2];
  const middle = (startX + endX) / 2;
  return `<path d="M${startX} ${startY} C${middle} ${startY} ${middle} ${endY} ${endX} ${endY}"/>`;
}

function nodeBox(node: PictureNode, { x, y }: Place = { x: 0, y: 0 }): string {
  const round = node.resourceType === 'exposure' ? box.height / 2 : 4;
  return [
    `<g class="${node.class} ${node.change ?? 'affected'}"><title>${escapeHtml(`${node.resourceType} ${node.name}`)}</title>`,
    `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="${round}"/>`,
    `<text x="${x + box.width / 2}" y="${y + box.height / 2 + 4}">${escapeHtml(shorten(node.name, longestName))}</text></g>`,
  ].join('');
}
