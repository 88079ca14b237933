import {
  type DataTestRequest,
  didYouMeanHint,
  error,
  type Json,
  type JsonObject,
  memberToValue,
  Problem,
} from '../../core/index.ts';
import { str } from '../../jinja/index.ts';

/** Something to stand in the SQL as it was written: an expression, a name, a number. */
export function sqlText(request: DataTestRequest, name: string, standard?: string): string {
  const written = optionalText(request, name);
  if (written !== undefined) return written;
  if (standard !== undefined) return standard;
  throw new Problem(error('data-tests/missing-argument', `Argument '${name}' of the test is missing`));
}

/** As `sqlText`, but undefined where nothing is given. */
export function optionalText(request: DataTestRequest, name: string): string | undefined {
  const value = request.arguments[name];
  return value === undefined || value === null ? undefined : asPrinted(request.arguments, name);
}

export function textList(request: DataTestRequest, name: string): readonly string[] {
  const value = request.arguments[name];
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map((_, index) => asPrinted(value, index)) : [asPrinted(request.arguments, name)];
}

export function flag(request: DataTestRequest, name: string, standard: boolean): boolean {
  const value = request.arguments[name];
  return value === undefined || value === null ? standard : value !== false && value !== 0 && value !== '';
}

/** One of a few words. */
export function choice<Word extends string>(
  request: DataTestRequest,
  name: string,
  words: readonly Word[],
  standard: Word,
): Word {
  const value = optionalText(request, name) ?? standard;
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;
  throw new Problem(
    error(
      'data-tests/bad-argument',
      `Argument '${name}' of the test must be one of ${words.join(', ')}, not '${value}'`,
      {
        hint: didYouMeanHint(value, words),
      },
    ),
  );
}

/** The column under test. */
export function column(request: DataTestRequest): string {
  return request.columnName ?? sqlText(request, 'column_name');
}

/**
 * Values for an `in (…)`, as texts unless `quote` is false. People who know that dbt does not double the quotes in them
 * have done it themselves; those are left as they are.
 */
export function valueList(request: DataTestRequest): string {
  const quoted = flag(request, 'quote', true);
  return textList(request, 'values')
    .map((value) => (quoted ? `'${value.replace(/'+/g, (run) => (run.length % 2 === 0 ? run : `${run}'`))}'` : value))
    .join(', ');
}

/** As templates print values: `True`, `None`, `1.0`. */
function asPrinted(container: JsonObject | readonly Json[], key: string | number): string {
  const value = (container as JsonObject)[key] ?? null;
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : str(memberToValue(container, key));
}
