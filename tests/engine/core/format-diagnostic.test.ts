import { expect, test } from 'vitest';
import { error, formatDiagnostic } from '../../../src/core/index.ts';

/** The source line and the marker line of an error at the first `start` of a text. */
function shown(text: string, marked: string): string[] {
  const start = text.indexOf(marked);
  const span = { file: 'a.sql', start, end: start + marked.length };
  return formatDiagnostic(error('test/wrong', 'wrong', { span }), () => text)
    .split('\n')
    .slice(3)
    .map((line) => line.slice(line.indexOf('|') + 2));
}

test('the marker stands below what it marks, behind tabs', () => {
  expect(shown('select\n\t\twrong from t', 'wrong')).toEqual(['\t\twrong from t', '\t\t^^^^^']);
});

test('the marker stands below what it marks, behind letters that take two columns and marks that take none', () => {
  expect(shown("select '売上', 'cafe\u0301', wrong", 'wrong')[1]).toBe(`${' '.repeat(8 + 4 + 3 + 1 + 4 + 3)}^^^^^`);
});

test('a line of ordinary length is shown whole', () => {
  const line = `select ${'a, '.repeat(40)}wrong`;
  expect(shown(line, 'wrong')[0]).toBe(line);
});

test('of a very long line only what is around the place is shown', () => {
  const line = `select ${'some_column, '.repeat(1000)}wrong${', some_column'.repeat(1000)}`;
  const [source = '', marker = ''] = shown(line, 'wrong');
  expect(source).toMatch(/^….*some_column, wrong, some_column.*…$/);
  expect(source.length).toBeLessThanOrEqual(162);
  expect(source.slice(marker.indexOf('^'), marker.lastIndexOf('^') + 1)).toBe('wrong');
});

test('at the start and at the end of a very long line nothing is said to be left out there', () => {
  const long = 'some_column, '.repeat(1000);
  expect(shown(`wrong ${long}`, 'wrong')[0]).toMatch(/^wrong some_column, .*…$/);
  expect(shown(`${long}wrong`, 'wrong')[0]).toMatch(/^….*some_column, wrong$/);
});

test('the marker of what is longer than the shown part ends with it', () => {
  const [source = '', marker = ''] = shown(`a ${'wrong '.repeat(1000)}`, 'wrong '.repeat(1000));
  expect(marker.length).toBeLessThanOrEqual(source.length);
});
