import type { Call, Expression, Interval } from '../../sql/index.ts';
import {
  addMonths,
  applyStep,
  floorTo,
  millisecondsOf,
  unitOfWord,
  type WallStep,
  type WallUnit,
  wallUnits,
} from './wall-steps.ts';

/** A value that stands in the SQL itself. */
export interface Constant {
  /** As a text: `EU`, `7`, `2024-03-31`. */
  readonly text: string | undefined;
  /** As a wall time, in milliseconds; undefined for what is none. */
  readonly wall: number | undefined;
}

/** A length of time that stands in the SQL. */
export type Length = { readonly milliseconds: number } | { readonly months: number };

/** The value of an expression without columns; undefined where it cannot be told. */
export function constantOf(expression: Expression): Constant | undefined {
  switch (expression.kind) {
    case 'parenthesized':
      return constantOf(expression.expression);
    case 'string':
      return { text: expression.value, wall: wallOfText(expression.value) };
    case 'number':
      return { text: expression.text, wall: undefined };
    case 'boolean':
      return { text: String(expression.value), wall: undefined };
    case 'typed-literal':
      return wallOnly(stepped(wallOfText(expression.value.value), stepOfType(expression.type.name)));
    case 'cast':
      return castOf(constantOf(expression.operand), expression.type.name);
    case 'binary':
      return sumOf(expression.operator, constantOf(expression.left), expression.right);
    case 'call':
      return callOf(expression);
    default:
      return undefined;
  }
}

/** What a cast does to a time; undefined for a type that is none. */
export function stepOfType(type: string): WallStep | 'same' | undefined {
  const name = type.toLowerCase();
  if (name === 'date') return { kind: 'floor', unit: 'day' };
  return /^(timestamp|datetime)/.test(name) ? 'same' : undefined;
}

/** The unit of `date_trunc('month', x)`, whether it is a text or, as some dialects have it, a name. */
export function floorUnit(call: Call): WallUnit | undefined {
  const [unit] = call.arguments;
  const value = unit?.value;
  if (value?.kind !== 'string' && value?.kind !== 'column') return undefined;
  const word = (value.kind === 'string' ? value.value : (value.parts[0]?.text ?? '')).toLowerCase().replace(/s$/, '');
  return wallUnits.find((known) => known === word);
}

/** What `+` or `-` adds to a time; whole numbers are days. */
export function lengthOf(operator: string, expression: Expression): Length | undefined {
  const length = lengthAt(expression);
  if (!length || (operator !== '+' && operator !== '-')) return undefined;
  if (operator === '+') return length;
  return 'months' in length ? { months: -length.months } : { milliseconds: -length.milliseconds };
}

export const stepOfLength = (length: Length): WallStep =>
  'months' in length
    ? { kind: 'add-months', months: length.months }
    : { kind: 'add', milliseconds: length.milliseconds };

/** `dateadd(day, -7, x)` and `date_add(x, interval 7 day)`: the time, and what is added to it. */
export function additionOf(call: Call): { readonly to: Expression; readonly length: Length } | undefined {
  const [first, second, third] = call.arguments.map(({ value }) => value);
  const name = nameOf(call);
  if (name === 'dateadd' || name === 'timestampadd') {
    const unit = first && unitAt(first);
    const count = second && isExpression(second) ? numberOf(second) : undefined;
    if (!unit || count === undefined || !third || !isExpression(third)) return undefined;
    return { to: third, length: times(unit, count) };
  }
  if (name !== 'date_add' || !first || !second || !isExpression(first) || !isExpression(second)) return undefined;
  const length = lengthAt(second);
  return length && { to: first, length };
}

export const nameOf = (call: Call): string => call.name.parts.at(-1)?.text.toLowerCase() ?? '';

export const isExpression = (value: Expression | { readonly kind: 'query' }): value is Expression =>
  value.kind !== 'query';

/** `2024-03-31`, `2024-03-31 06:00`, `2024-03-31T06:00:00.5`; with an offset it is no wall time. */
function wallOfText(text: string): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?$/.exec(text.trim());
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const fraction = Number(`0.${found[7] ?? '0'}`) * 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + Math.floor(fraction);
}

function callOf(call: Call): Constant | undefined {
  const name = nameOf(call);
  const added = additionOf(call);
  if (added) return wallOnly(plus(constantOf(added.to)?.wall, added.length));
  const unit = name === 'date_trunc' || name === 'datetrunc' ? floorUnit(call) : undefined;
  const inner = call.arguments[unit ? 1 : 0]?.value;
  if (!inner || !isExpression(inner)) return undefined;
  const wall = constantOf(inner)?.wall;
  if (wall === undefined) return undefined;
  if (unit) return wallOnly(floorTo(wall, unit));
  if (call.arguments.length > 1) return undefined;
  if (name === 'last_day') return wallOnly(addMonths(floorTo(wall, 'month'), 1) - millisecondsOf.day);
  if (name === 'date' || name === 'to_date') return wallOnly(floorTo(wall, 'day'));
  return name === 'to_timestamp' || name === 'to_timestamp_ntz' ? wallOnly(wall) : undefined;
}

function castOf(constant: Constant | undefined, type: string): Constant | undefined {
  const step = stepOfType(type);
  if (step === undefined) return constant && { text: constant.text, wall: undefined };
  return wallOnly(stepped(constant?.wall, step));
}

function sumOf(operator: string, left: Constant | undefined, right: Expression): Constant | undefined {
  const length = lengthOf(operator, right);
  return length && left?.wall !== undefined ? wallOnly(plus(left.wall, length)) : undefined;
}

function stepped(wall: number | undefined, step: WallStep | 'same' | undefined): number | undefined {
  if (wall === undefined || step === undefined) return undefined;
  return step === 'same' ? wall : applyStep(wall, step);
}

const wallOnly = (wall: number | undefined): Constant | undefined =>
  wall === undefined ? undefined : { text: undefined, wall };

const plus = (wall: number | undefined, length: Length): number | undefined =>
  wall === undefined ? undefined : applyStep(wall, stepOfLength(length));

function lengthAt(expression: Expression): Length | undefined {
  if (expression.kind === 'parenthesized') return lengthAt(expression.expression);
  if (expression.kind === 'interval') return intervalLength(expression);
  const count = numberOf(expression);
  if (count !== undefined) return { milliseconds: count * millisecondsOf.day };
  return expression.kind === 'call' ? lengthOfCall(expression) : undefined;
}

/** `to_days(7)`. */
function lengthOfCall(call: Call): Length | undefined {
  const [argument] = call.arguments;
  const unit = /^to_(\w+)$/.exec(nameOf(call))?.[1];
  const known = unit === undefined ? undefined : unitOfWord(unit);
  const count = argument && isExpression(argument.value) ? numberOf(argument.value) : undefined;
  return known && count !== undefined ? times(known, count) : undefined;
}

/** `interval 7 day`, `interval '7' day`, `interval '7 days'`; not those of several units. */
function intervalLength({ value, unit }: Interval): Length | undefined {
  const text = value.kind === 'string' ? value.value.trim() : undefined;
  const parts = text === undefined ? undefined : /^(-?\d+)(?:\s*([a-z]+))?$/i.exec(text);
  const word = unit ?? parts?.[2];
  const known = word === undefined ? undefined : unitOfWord(word);
  const count = parts ? Number(parts[1]) : numberOf(value);
  return known && count !== undefined ? times(known, count) : undefined;
}

function unitAt(value: Expression | { readonly kind: 'query' }): Length | undefined {
  if (value.kind === 'string') return unitOfWord(value.value);
  return value.kind === 'column' && value.parts.length === 1 ? unitOfWord(value.parts[0]?.text ?? '') : undefined;
}

const times = (unit: Length, count: number): Length =>
  'months' in unit ? { months: unit.months * count } : { milliseconds: unit.milliseconds * count };

/** Only whole ones. */
function numberOf(expression: Expression): number | undefined {
  if (expression.kind === 'parenthesized') return numberOf(expression.expression);
  if (expression.kind === 'unary' && expression.operator === '-') {
    const inner = numberOf(expression.operand);
    return inner === undefined ? undefined : -inner;
  }
  const number = expression.kind === 'number' ? Number(expression.text) : Number.NaN;
  return Number.isInteger(number) ? number : undefined;
}
