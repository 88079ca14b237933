import { count, shorten } from '../texts/amounts.ts';
import type { Outline, OutlineItem, OutlineTable } from './outline.ts';

/** What one thing of a report can say where room is short: the rest is cut, whatever room there is. */
const most = { text: 300, lines: 15, rows: 20, columns: 12, cell: 120, block: 2000, reasons: 10 };

/** Everything of an outline but what stands in its sections. */
export function boundedFrame(outline: Outline): Outline {
  return {
    ...outline,
    verdict: shorten(outline.verdict, most.text),
    because: outline.because.slice(0, most.reasons).map((text) => shorten(text, most.text)),
    closing: outline.closing.map((text) => shorten(text, most.text)),
    sections: outline.sections.map((section) => ({ ...section, items: [] })),
  };
}

export function boundedItem(item: OutlineItem): OutlineItem {
  const lines = boundedList(item.lines, most.lines, (more) => ({ text: `… and ${count(more)} more` }));
  return {
    ...item,
    name: shorten(item.name, most.text),
    text: shorten(item.text, most.text),
    lines: lines.map((line) => ({ ...line, text: shorten(line.text, most.text) })),
    block: item.block && shorten(item.block, most.block),
    table: item.table && boundedTable(item.table),
  };
}

function boundedTable({ heads, rows }: OutlineTable): OutlineTable {
  const cells = (row: readonly string[]): readonly string[] =>
    boundedList(row, most.columns, () => '…').map((text) => shorten(text, most.cell));
  const shownHeads = cells(heads);
  return {
    heads: shownHeads,
    rows: boundedList(rows.map(cells), most.rows, (more) =>
      shownHeads.map((_, column) => (column === 0 ? `… and ${count(more)} more` : '')),
    ),
  };
}

function boundedList<Item>(items: readonly Item[], length: number, rest: (more: number) => Item): readonly Item[] {
  return items.length <= length ? items : [...items.slice(0, length), rest(items.length - length)];
}
