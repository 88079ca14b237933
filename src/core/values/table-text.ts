import { str, type Value } from '../../jinja/index.ts';
import type { AgateTypeName } from './agate-type.ts';

/** A column as it is printed. */
export interface PrintedColumn {
  readonly name: string;
  readonly type: AgateTypeName;
  readonly items: readonly Value[];
}

/** How much is printed; null is without a limit. */
export interface PrintLimits {
  readonly rows: number | null;
  readonly columns: number | null;
  readonly width: number | null;
  /** Digits behind the point. */
  readonly precision: number | null;
}

/** What agate's `print_table` prints where nothing is said. */
export const usualLimits: PrintLimits = { rows: 20, columns: 6, width: 20, precision: 3 };

const left = '...';

/** A table in a frame of bars, as agate's `print_table`. */
export function tableText(columns: readonly PrintedColumn[], limits: PrintLimits): string {
  const count = columns[0]?.items.length ?? 0;
  const shown = columns.slice(0, limits.columns ?? columns.length).map((column) => shownColumn(column, limits));
  if (shown.length < columns.length)
    shown.push({ name: left, cells: new Array(shown[0]?.cells.length ?? 0).fill(left), start: false });
  const framed = shown.map(({ name, cells, start }) => {
    const width = Math.max(name.length, ...cells.map((cell) => cell.length));
    const pad = (text: string): string => (start ? text.padStart(width) : text.padEnd(width));
    const cut = limits.rows !== null && count > limits.rows ? [pad(left)] : [];
    return [pad(name), '-'.repeat(width), ...cells.map(pad), ...cut];
  });
  const lines = framed[0]?.map((_, index) => `| ${framed.map((column) => column[index]).join(' | ')} |`);
  return (lines ?? []).join('\n');
}

/** Names and types of columns, as agate's `print_structure`. */
export function structureText(columns: readonly PrintedColumn[]): string {
  const text = (name: string, items: readonly string[]): PrintedColumn => ({ name, type: 'Text', items });
  const names = columns.map(({ name }) => name);
  const types = columns.map(({ type }) => type);
  return tableText([text('column', names), text('data_type', types)], { ...usualLimits, rows: null, width: null });
}

interface ShownColumn {
  readonly name: string;
  readonly cells: readonly string[];
  /** Whether blanks stand before the text. */
  readonly start: boolean;
}

function shownColumn({ name, type, items }: PrintedColumn, { rows, width, precision }: PrintLimits): ShownColumn {
  const values = items.slice(0, rows ?? items.length);
  const format = type === 'Number' ? numberFormat(values, precision) : str;
  const short = (text: string): string =>
    width === null || text.length <= width ? text : `${text.slice(0, width - left.length)}${left}`;
  return {
    name: short(name),
    cells: values.map((value) => short(value === null ? '' : format(value))),
    start: type !== 'Text',
  };
}

/** All numbers of a column have as many digits behind the point as the one with most. */
function numberFormat(values: readonly Value[], precision: number | null): (value: Value) => string {
  const most = Math.max(0, ...values.map((value) => (value === null ? 0 : placesOf(str(value)))));
  const places = Math.min(most, precision ?? most);
  const options = { minimumFractionDigits: places, maximumFractionDigits: places, roundingMode: 'halfEven' };
  const format = new Intl.NumberFormat('en-US', options as Intl.NumberFormatOptions);
  return (value) => {
    const text = str(value);
    return /\d/.test(text) ? `${format.format(text as Intl.StringNumericLiteral)}${most > places ? '…' : ''}` : text;
  };
}

/** How many digits of a number stand behind the point, but for zeros at the end. */
function placesOf(text: string): number {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d*?)0*)?(?:e([-+]\d+))?$/i.exec(text) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}
