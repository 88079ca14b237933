import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TemplateError } from '../../../src/jinja/index.ts';
import { render } from './rendering.ts';

type Expected = { readonly prints: string } | { readonly raises: string };

const expected = JSON.parse(readFileSync(new URL('python-cases/expected.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Expected>
>;

/** What our engine has no class for, and what it says instead. */
const classes: Readonly<Record<string, string>> = { error: 'ValueError', UnknownTimeZoneError: 'KeyError' };

describe('modules gives what Python gives in dbt', () => {
  test.each(Object.entries(expected))('%s', (line, wanted) => {
    const source = line.replaceAll('⏎', '\n');
    if ('prints' in wanted) {
      expect(render(source)).toBe(wanted.prints);
      return;
    }
    const failure = catchError(() => render(source));
    expect(failure).toBeInstanceOf(TemplateError);
    expect((failure as TemplateError).errorClass).toBe(classes[wanted.raises] ?? wanted.raises);
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (failure) {
    return failure;
  }
  return undefined;
}

test('modules.datetime.datetime.now() is the clock that the environment gives', () => {
  expect(render("{{ modules.datetime.datetime.now().strftime('%Y-%m-%d %H:%M') }}")).toBe('2024-03-31 12:00');
});
