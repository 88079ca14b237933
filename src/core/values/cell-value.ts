import { Decimal, dumpJson, Float, fromJs, type Value } from '../../jinja/index.ts';
import type { Cell } from '../adapter.ts';
import { DateValue } from './date-value.ts';
import { parseIsoDatetime } from './datetime-value.ts';

const decimalType = /^(?:decimal|numeric|number)\b/i;
const floatType = /^(?:double|float|real)/i;
const dateType = /^date$/i;
const timestampType = /^(?:timestamp|datetime)/i;

/**
 * A cell of a query's result as templates see it: dates, timestamps and decimals are Python's, lists and structs are JSON
 * text, as with dbt's agate.
 *
 * @param type the column's type as the warehouse writes it.
 */
export function cellToValue(cell: Cell, type: string): Value {
  if (cell === null || typeof cell === 'boolean') return cell;
  if (typeof cell === 'number') return floatType.test(type) ? new Float(cell) : fromJs(cell);
  if (typeof cell === 'bigint') return fromJs(cell);
  if (typeof cell === 'string') return textValue(cell, type);
  return dumpJson(fromJs(cell));
}

/** Whether numbers of a warehouse's type are decimals or floats to Python, also where they are whole. */
export function isNumberWithFraction(type: string): boolean {
  return decimalType.test(type) || floatType.test(type);
}

function textValue(text: string, type: string): Value {
  if (decimalType.test(type)) return decimalValue(text);
  if (dateType.test(type)) {
    const moment = parseIsoDatetime(text);
    return moment === undefined ? text : new DateValue(moment.wall);
  }
  return timestampType.test(type) ? (parseIsoDatetime(text) ?? text) : text;
}

function decimalValue(text: string): Value {
  if (/^-?\d+$/.test(text)) return fromJs(BigInt(text));
  return Decimal.parse(text) ?? text;
}
