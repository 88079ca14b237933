import { displayWidth, truncate } from '../reporters/width.ts';
import type { OutlineTable } from './outline.ts';

/** A text in lines that are no wider than `columns`, each with what it starts with. Words stay whole if they fit. */
export function wrapped(text: string, columns: number, first: string, others: string): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.trim().split(/\s+/)) {
    const longer = isEmpty ? line + word : `${line} ${word}`;
    if (!isEmpty && displayWidth(longer) > columns) {
      lines.push(line);
      line = others + word;
    } else {
      line = longer;
    }
    isEmpty = false;
  }
  return [...lines, line].map((each) => truncate(each, columns));
}

/** The narrowest that a column of a table is made. */
const narrowest = 8;
const gap = '  ';

/** A table in lines that are no wider than `columns`: the widest columns are cut, all to one width. */
export function tableLines({ heads, rows }: OutlineTable, columns: number): readonly string[] {
  const wanted = heads.map((head, at) =>
    Math.max(displayWidth(head), ...rows.map((row) => displayWidth(row[at] ?? ''))),
  );
  const room = columns - gap.length * (heads.length - 1);
  const cutTo = (widest: number): number[] => wanted.map((width) => Math.min(width, widest));
  let widest = Math.min(Math.max(...wanted), columns);
  while (widest > narrowest && cutTo(widest).reduce((sum, width) => sum + width, 0) > room) widest -= 1;
  const line = (cells: readonly string[]): string => {
    const shown = cutTo(widest).map((width, at) => {
      const cell = truncate(cells[at] ?? '', width);
      return cell + ' '.repeat(Math.max(0, width - displayWidth(cell)));
    });
    return truncate(shown.join(gap).trimEnd(), columns);
  };
  return [line(heads), ...rows.map(line)];
}
