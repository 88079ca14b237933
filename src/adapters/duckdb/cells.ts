import type { DuckDBMaterializedResult, DuckDBValue } from '@duckdb/node-api';
import type { Cell, Column, Table } from '../../core/index.ts';

/** A result's columns and rows as plain data. */
export function tableOf(result: DuckDBMaterializedResult): Table {
  const names = result.columnNames();
  const columns = result.columnTypes().map((type, index): Column => ({ name: names[index] ?? '', type: String(type) }));
  return { columns, rows: rowsOf(result).map((row) => row.map(cellOf)) };
}

/** The result is in memory: taking its pieces directly saves two trips through the thread pool that `getRows` makes. */
function rowsOf(result: DuckDBMaterializedResult): DuckDBValue[][] {
  const rows: DuckDBValue[][] = [];
  for (let index = 0; index < result.chunkCount; index += 1) result.getChunk(index).appendToRows(rows);
  return rows;
}

/** The driver's name for it, `ResultReturnType.CHANGED_ROWS`, would load the driver. */
const changedRows = 1;

/**
 * How many rows a statement inserted, updated or deleted. DuckDB answers those with one row and one column, `Count`;
 * null for every other answer.
 */
export function rowsAffected(result: DuckDBMaterializedResult): number | null {
  // To read a chunk costs thirty times as much as to ask, which does not tell of `create table as`.
  if (result.returnType === changedRows) return result.rowsChanged;
  if (result.rowCount !== 1 || result.columnCount !== 1 || result.columnName(0) !== 'Count') return null;
  const count = result.getChunk(0).getColumnVector(0).getItem(0);
  return typeof count === 'bigint' ? Number(count) : null;
}

/**
 * One value as a cell. The driver's own objects (decimals, dates, times, intervals, UUIDs, blobs, bits) print
 * themselves the way DuckDB does; a timestamp with time zone is told in UTC, so that it does not depend on the machine.
 */
function cellOf(value: DuckDBValue): Cell {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'boolean':
    case 'number':
    case 'string':
      return value;
    case 'bigint':
      return BigInt.asIntN(54, value) === value ? Number(value) : value;
    default:
      return cellOfObject(value);
  }
}

/** The driver is loaded lazily, so its classes are told apart by their shape instead of `instanceof`. */
function cellOfObject(value: object): Cell {
  switch (value.constructor.name) {
    case 'DuckDBListValue':
    case 'DuckDBArrayValue':
      return (value as { items: DuckDBValue[] }).items.map(nestedCellOf);
    case 'DuckDBStructValue':
      return recordOf(Object.entries((value as { entries: Record<string, DuckDBValue> }).entries));
    case 'DuckDBMapValue':
      return recordOf(
        (value as { entries: { key: DuckDBValue; value: DuckDBValue }[] }).entries.map((entry) => [
          String(entry.key),
          entry.value,
        ]),
      );
    case 'DuckDBUnionValue':
      return nestedCellOf((value as { value: DuckDBValue }).value);
    case 'DuckDBTimestampTZValue':
      return timestampInUtc((value as { micros: bigint }).micros, String(value));
    default:
      return String(value);
  }
}

function recordOf(entries: readonly (readonly [string, DuckDBValue])[]): Cell {
  return Object.fromEntries(entries.map(([key, value]) => [key, nestedCellOf(value)]));
}

/** Inside of lists and structs no column's type says what a text is: a decimal is a number there, where one holds it. */
function nestedCellOf(value: DuckDBValue): Cell {
  const isDecimal = typeof value === 'object' && value?.constructor.name === 'DuckDBDecimalValue';
  if (!isDecimal) return cellOf(value);
  const text = String(value);
  return text.length <= digitsOfNumber ? Number(text) : text;
}

/** So many decimal digits every number keeps. */
const digitsOfNumber = 15;

function timestampInUtc(micros: bigint, asPrinted: string): string {
  const milliseconds = Number(micros / 1000n) - (micros % 1000n < 0n ? 1 : 0);
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 0 || date.getUTCFullYear() > 9999) return asPrinted;
  const fraction = String(((micros % 1_000_000n) + 1_000_000n) % 1_000_000n).padStart(6, '0');
  const seconds = date.toISOString().slice(0, 19).replace('T', ' ');
  return `${seconds}${fraction === '000000' ? '' : `.${fraction.replace(/0+$/, '')}`}+00`;
}
