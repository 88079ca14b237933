import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBResultReader,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { unsupported } from '../errors.ts';
import { outerName } from '../sql/names.ts';
import { outerType, type SqlType } from '../sql/types.ts';

/** A column of an answer. */
export interface ResultColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}

/** A value as the wire writes it. */
export type Cell = string | null;

/** An answer's columns; a type that Snowflake does not have is refused. */
export function columnsOf(reader: DuckDBResultReader): ResultColumn[] {
  const names = reader.columnNames();
  return reader.columnTypes().map((engine, index) => {
    const type = outerType(String(engine), engine.alias);
    if (!type) throw unsupported(`result of type ${String(engine)}`);
    return { name: outerName(names[index] ?? ''), type, nullable: true };
  });
}

export function cellsOf(reader: DuckDBResultReader, columns: readonly ResultColumn[], timezone: string): Cell[][] {
  return reader.getRows().map((row) => row.map((value, index) => cellOf(value, columns[index]?.type, timezone)));
}

function cellOf(value: DuckDBValue, type: SqlType | undefined, timezone: string): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return floatText(value);
  if (value instanceof DuckDBDateValue) return String(value.days);
  if (value instanceof DuckDBTimestampValue) return seconds(value.micros);
  if (value instanceof DuckDBTimeValue) return seconds(value.micros);
  if (value instanceof DuckDBTimestampTZValue) {
    if (type?.name !== 'TIMESTAMP_TZ') return seconds(value.micros);
    return `${seconds(value.micros)} ${1440 + offsetAt(value.micros, timezone)}`;
  }
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex').toUpperCase();
  if (value instanceof DuckDBDecimalValue) return value.toString();
  return String(value);
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return String(value);
}

/** Microseconds as decimal seconds, without passing through a float. */
function seconds(micros: bigint): string {
  const negative = micros < 0n;
  const positive = negative ? -micros : micros;
  const fraction = String(positive % 1_000_000n).padStart(6, '0');
  return `${negative ? '-' : ''}${positive / 1_000_000n}.${fraction}000`;
}

/** Minutes east of Greenwich. */
function offsetAt(micros: bigint, timezone: string): number {
  const instant = new Date(Number(micros / 1000n));
  const text = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')?.value;
  const found = /GMT([+-])(\d+):(\d+)/.exec(text ?? '');
  if (!found) return 0;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}
