import type { JsonObject } from '../../core/index.ts';
import { usageProblem } from './usage.ts';

/** A text flag that was set; undefined otherwise. */
export function textOf(values: JsonObject, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** A text that was set. An empty one is none, as dbt has it of paths and selectors: a variable of a script may not be set. */
export const filledTextOf = (values: JsonObject, name: string): string | undefined => textOf(values, name) || undefined;

/** A list flag. */
export function wordsOf(values: JsonObject, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A number flag. */
export function numberOf(values: JsonObject, name: string): number | undefined {
  const value = values[name];
  return typeof value === 'number' ? value : undefined;
}

/** A number flag that has to be more than 0, if it is given. */
export function positiveOf(values: JsonObject, name: string): number | undefined {
  const value = numberOf(values, name);
  if (value === undefined || value > 0) return value;
  throw usageProblem('not-positive', `--${name.replaceAll('_', '-')} has to be more than 0, and not ${value}`);
}
