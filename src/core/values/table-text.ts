import { str, type Value } from '../../jinja/index.ts';

/** A table in a frame of bars, as agate's `print_table`: 20 rows and 6 columns where nothing is said. */
export function tableText(
  columnNames: readonly string[],
  rows: readonly (readonly Value[])[],
  maxRows: number | null,
  maxColumns: number | null,
): string {
  const columns = Math.min(maxColumns ?? 6, columnNames.length);
  const cut = <Item>(items: readonly Item[]): readonly Item[] => items.slice(0, columns);
  const shown = rows.slice(0, maxRows ?? 20).map((row) => cut(row).map((cell) => cellText(cell)));
  const names = cut(columnNames);
  const widths = names.map((name, index) => Math.max(name.length, ...shown.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[], padStart: (index: number) => boolean): string =>
    `| ${cells.map((cell, index) => pad(cell, widths[index] ?? 0, padStart(index))).join(' | ')} |`;
  const numeric = (index: number): boolean => rows.every((row) => isNumberOrNone(row[index] ?? null));
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const body = shown.map((row) => line(row, numeric));
  return [line(names, () => false), rule, ...body, ...(rows.length > shown.length ? ['| ... |'] : [])].join('\n');
}

function cellText(cell: Value): string {
  return cell === null ? '' : str(cell);
}

function isNumberOrNone(cell: Value): boolean {
  return cell === null || typeof cell === 'number' || typeof cell === 'bigint';
}

function pad(text: string, width: number, start: boolean): string {
  return start ? text.padStart(width) : text.padEnd(width);
}
