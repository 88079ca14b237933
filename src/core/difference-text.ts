import type { DifferentRow, ShownRow, TableDifference } from './table-difference.ts';

/** How to write a difference. */
export interface DifferenceStyle {
  actual(text: string): string;
  expected(text: string): string;
  faint(text: string): string;
  /** How many columns of a terminal a text takes. Default: one for each character. */
  readonly widthOf?: ((text: string) => number) | undefined;
}

const plain = (text: string): string => text;
const plainDifference: DifferenceStyle = { actual: plain, expected: plain, faint: plain };

/** With more rows than these, the rest is counted. */
const mostRows = 50;
/** Longest value that is shown whole. */
const longest = 48;

/**
 * How two tables differ, as people read it: what was expected above what came, the values that differ in brackets.
 * Lines are joined by `\n`, without one at the end.
 */
export function differenceText(difference: TableDifference, style: DifferenceStyle = plainDifference): string {
  const lines = difference.rows.slice(0, mostRows).flatMap(linesOf);
  const heads = difference.columns.map((name) => ` ${name} `);
  const widthOf = style.widthOf ?? ((text: string): number => [...text].length);
  const widths = heads.map((head, column) =>
    Math.max(widthOf(head), ...lines.map((line) => widthOf(line.cells[column] ?? ''))),
  );
  const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
  const table = lines.map(({ side, label, cells, marked }) => {
    const paint = side === 'actual' ? style.actual : style.expected;
    const painted = cells.map((cell, column) => {
      const text = padded(cell, widths[column] ?? 0);
      return marked(column) ? paint(text) : text;
    });
    return `${paint(`${side === 'actual' ? '+' : '-'} ${label.padEnd(8)}`)} ${painted.join('')}`.trimEnd();
  });
  const left = difference.rows.length - mostRows;
  return [
    `${style.actual('actual')} differs from ${style.expected('expected')}: ${counts(difference)}`,
    '',
    style.faint(
      `${' '.repeat(11)}${heads.map((head, column) => padded(head, widths[column] ?? 0)).join('')}`.trimEnd(),
    ),
    ...table,
    ...(left > 0 ? [style.faint(`… and ${left} more`)] : []),
  ].join('\n');
}

interface TableLine {
  readonly side: 'actual' | 'expected';
  readonly label: string;
  readonly cells: readonly string[];
  readonly marked: (column: number) => boolean;
}

function linesOf(row: DifferentRow): TableLine[] {
  if (row.kind === 'missing') return [wholeLine('expected', 'missing', row.expected)];
  if (row.kind === 'extra') return [wholeLine('actual', 'extra', row.actual)];
  const differing = new Set(row.columns);
  const line = (side: 'actual' | 'expected', values: ShownRow, others: ShownRow): TableLine => ({
    side,
    label: side,
    cells: values.map((value, column) =>
      differing.has(column) ? `[${shown(value, others[column] ?? null)}]` : ` ${shown(value, null)} `,
    ),
    marked: (column) => differing.has(column),
  });
  return [line('expected', row.expected, row.actual), line('actual', row.actual, row.expected)];
}

function wholeLine(side: 'actual' | 'expected', label: string, values: ShownRow): TableLine {
  return { side, label, cells: values.map((value) => ` ${shown(value, null)} `), marked: () => true };
}

/** A value on one line. Long ones are cut where they differ from the other, so that the difference shows. */
function shown(value: string | null, other: string | null): string {
  if (value === null) return 'null';
  if (value === '' || value === 'null' || value !== value.trim()) return JSON.stringify(value);
  const line = value.replace(/[\n\r\t]/g, (character) => JSON.stringify(character).slice(1, -1));
  if (line.length <= longest) return line;
  const same = other === null ? 0 : commonStart(value, other);
  const start = Math.max(0, Math.min(same - 12, line.length - longest));
  const end = start + longest;
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function counts({ rows, equal }: TableDifference): string {
  const count = (kind: DifferentRow['kind'], text: string): string[] => {
    const found = rows.filter((row) => row.kind === kind).length;
    return found === 0 ? [] : [`${found} ${found === 1 ? 'row' : 'rows'} ${text}`];
  };
  const parts = [
    ...count('changed', 'with other values'),
    ...count('missing', 'missing'),
    ...count('extra', 'too many'),
  ];
  return `${parts.join(', ')}; ${equal} equal`;
}
