import { didYouMeanHint, error, isMapping, type Json, type JsonObject } from '../../core/index.ts';
import { anything, optional, text } from '../config/value-type.ts';
import type { ReadContext, Shape } from '../properties/context.ts';
import type { WrittenFixture } from '../properties/facts.ts';
import type { YamlPath } from '../yaml/index.ts';
import { csvRows } from './rows.ts';

/** What rows are written as, of an input or of what is expected. */
export const fixtureShape: Shape = { rows: anything, format: text, fixture: optional(text) };

const formats = ['dict', 'csv', 'sql'] as const;

/** `rows`, `format` and `fixture`; rows are null where a file has them, or nothing says them. */
export function readFixture(context: ReadContext, written: JsonObject, name: string, path: YamlPath): WrittenFixture {
  const format = formatOf(context, written.format, name, path);
  const fixture = typeof written.fixture === 'string' ? written.fixture : null;
  const { rows = null } = written;
  const refused = (expected: string): WrittenFixture => {
    const message = `The unit test '${name}' has rows that do not match the format '${format}': ${expected}`;
    const at = rows === null && fixture !== null ? [...path, 'fixture'] : [...path, 'rows'];
    report(
      context,
      at,
      'parse/unit-test-rows',
      message,
      fixture !== null ? "A file has 'format: csv' or 'format: sql'" : undefined,
    );
    return { rows: [], format, fixture: null };
  };
  if (format === 'dict') {
    if (rows === null && fixture === null) return { rows: null, format, fixture };
    if (fixture !== null || !Array.isArray(rows)) return refused('a list of mappings is wanted');
    return { rows: dictRows(context, rows, name, [...path, 'rows']), format, fixture };
  }
  if (fixture !== null) return { rows: null, format, fixture };
  if (typeof rows !== 'string') return refused(`text is wanted, or a 'fixture'`);
  if (format === 'sql') return { rows, format, fixture };
  const read = csvRows(rows);
  if (read.kind === 'rows') return { rows: read.rows, format, fixture };
  report(context, [...path, 'rows'], 'parse/unit-test-rows', `${read.message} (CSV of the unit test '${name}')`);
  return { rows: [], format, fixture };
}

function dictRows(context: ReadContext, rows: readonly Json[], name: string, path: YamlPath): readonly JsonObject[] {
  return rows.flatMap((row, index) => {
    if (isMapping(row)) return [row];
    const message = `A row of the unit test '${name}' has to be a mapping of columns to values`;
    report(context, [...path, index], 'parse/unit-test-rows', message, 'For example: {id: 1, name: Ada}');
    return [];
  });
}

function formatOf(
  context: ReadContext,
  written: Json | undefined,
  name: string,
  path: YamlPath,
): WrittenFixture['format'] {
  const known = formats.find((format) => format === written);
  // What is no text was told with the other settings.
  if (known !== undefined || typeof written !== 'string') return known ?? 'dict';
  const message = `'format' of the unit test '${name}' has to be one of ${formats.join(', ')}, but is '${written}'`;
  context.report(
    error('parse/wrong-value', message, {
      span: context.span([...path, 'format']),
      hint: didYouMeanHint(written, formats),
    }),
  );
  return 'dict';
}

export function report(context: ReadContext, path: YamlPath, code: string, message: string, hint?: string): void {
  context.report(error(code, message, { span: context.span(path), hint }));
}
