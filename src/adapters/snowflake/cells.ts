import type { Column as DriverColumn } from 'snowflake-sdk';
import type { Cell, Column } from '../../core/index.ts';

/** What the driver makes of a moment: a date that knows more than milliseconds. */
interface Moment {
  getEpochSeconds(): number;
  getNanoSeconds(): number;
}

interface TimeOfDay {
  getMidnightSeconds(): number;
  getNanoSeconds(): number;
}

/** Reads the cells of a column. Numbers and what is half-structured arrive as texts, so that nothing is lost on the way. */
export function cellReader(column: DriverColumn): (value: unknown) => Cell {
  return (value) => {
    if (value === null || value === undefined) return null;
    switch (column.getType().toLowerCase()) {
      case 'fixed':
        return column.getScale() > 0 ? String(value) : wholeNumber(String(value));
      case 'real':
        return Number(value);
      case 'boolean':
        return typeof value === 'boolean' ? value : /^(1|true)$/i.test(String(value));
      case 'date':
        return instantText(value as Moment).slice(0, 10);
      case 'time':
        return clockText(value as TimeOfDay);
      case 'timestamp_ntz':
        return instantText(value as Moment);
      case 'timestamp_ltz':
      case 'timestamp_tz':
        return `${instantText(value as Moment)}+00`;
      default:
        return typeof value === 'string' ? value : JSON.stringify(value);
    }
  };
}

function wholeNumber(text: string): Cell {
  if (!/^-?\d+$/.test(text)) return text;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** `2024-03-31 02:00:00.5`, in UTC. */
function instantText(moment: Moment): string {
  const date = new Date(moment.getEpochSeconds() * 1000);
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}${fraction(moment.getNanoSeconds())}`;
}

function clockText(time: TimeOfDay): string {
  const clock = new Date(time.getMidnightSeconds() * 1000).toISOString().slice(11, 19);
  return `${clock}${fraction(time.getNanoSeconds())}`;
}

function fraction(nanoSeconds: number): string {
  return nanoSeconds === 0 ? '' : `.${String(nanoSeconds).padStart(9, '0').replace(/0+$/, '')}`;
}

/** The size of a text type that has none. */
export const longestText = 16_777_216;

/** The type of a result's column as Snowflake describes columns of tables, as far as the driver tells. */
export function columnOf(column: DriverColumn): Column {
  const type = column.getType().toLowerCase();
  const scaled = (name: string): string => `${name}(${column.getScale() ?? 9})`;
  const name = column.getName();
  switch (type) {
    case 'fixed':
      return { name, type: `NUMBER(${column.getPrecision() ?? 38},${column.getScale() ?? 0})` };
    case 'real':
      return { name, type: 'FLOAT' };
    case 'text':
      // The driver does not tell how long the texts of a query are.
      return { name, type: `VARCHAR(${longestText})` };
    case 'time':
    case 'timestamp_ntz':
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return { name, type: scaled(type.toUpperCase()) };
    default:
      return { name, type: type.toUpperCase() };
  }
}
