import type { Cell, Column, Json, JsonObject, Table } from '../../core/index.ts';
import { displayWidth } from '../reporters/width.ts';

/** Longest cell that is shown whole, in columns. */
const widest = 60;

/** A table as text with `|` between the columns; numbers stand at the right. */
export function tableText({ columns, rows }: Table): string {
  const heads = columns.map((column) => column.name);
  const cells = rows.map((row) => row.map(cellText));
  const widths = heads.map((head, index) =>
    Math.max(2, displayWidth(head), ...cells.map((row) => displayWidth(row[index] ?? ''))),
  );
  const right = columns.map(
    (column, index) => isDecimal(column) || rows.every(({ [index]: cell }) => isNumber(cell ?? null)),
  );
  const line = (texts: readonly string[], toRight: (index: number) => boolean): string =>
    `| ${texts.map((text, index) => padded(text, widths[index] ?? 0, toRight(index))).join(' | ')} |`;
  const atRight = (index: number): boolean => rows.length > 0 && right[index] === true;
  return [
    line(heads, atRight),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...cells.map((row) => line(row, atRight)),
    '',
  ].join('\n');
}

/** A table as JSON: one object a row. Numbers with more digits than a JSON reader keeps are texts. */
export function tableJson({ columns, rows }: Table): readonly JsonObject[] {
  const names = differentNames(columns);
  return rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [names[index] ?? '', columnJson(column, row[index] ?? null)])),
  );
}

/** As dbt: of columns that have one name, the second is `name_2`. */
function differentNames(columns: readonly Column[]): readonly string[] {
  const taken = new Set<string>();
  for (const { name } of columns) {
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name}_${number}`;
    taken.add(free);
  }
  return [...taken];
}

const isDecimal = ({ type }: Column): boolean => /^(decimal|numeric|number)\b/i.test(type);

/** Decimals arrive as text, so that nothing is lost; those that a number can hold are shown as one. */
function columnJson(column: Column, cell: Cell): Json {
  if (typeof cell !== 'string') return cellJson(cell);
  if (isDecimal(column)) return cell.length <= 15 ? Number(cell) : cell;
  return /^timestamp/i.test(column.type) ? isoTime(cell) : cell;
}

/** As Python's `isoformat()`, and so dbt's `show`: with a `T`, all digits of a fraction or none, and the minutes of a zone. */
function isoTime(text: string): string {
  const [, date, time, fraction, zone] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?([+-]\d\d)?$/.exec(text) ?? [];
  if (date === undefined) return text;
  const digits = fraction && /[1-9]/.test(fraction) ? fraction.padEnd(7, '0') : '';
  return `${date}T${time}${digits}${zone === undefined ? '' : `${zone}:00`}`;
}

const isNumber = (cell: Cell): boolean => cell === null || typeof cell === 'number' || typeof cell === 'bigint';

function padded(text: string, width: number, toRight: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return toRight ? blanks + text : text + blanks;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  const text = typeof cell === 'object' ? JSON.stringify(cellJson(cell)) : String(cell);
  const line = text.replace(/\n/g, ' ');
  return line.length > widest ? `${line.slice(0, widest - 1)}…` : line;
}

function cellJson(cell: Cell): Json {
  if (typeof cell === 'bigint') return String(cell);
  if (Array.isArray(cell)) return (cell as readonly Cell[]).map(cellJson);
  if (cell === null || typeof cell !== 'object') return cell as Json;
  return Object.fromEntries(Object.entries(cell).map(([name, value]) => [name, cellJson(value)]));
}
