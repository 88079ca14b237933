import { describe, expect, test } from 'vitest';
import { readYaml } from '../../../../src/1-parse/yaml/index.ts';
import { isMarkedFloat, positionAt } from '../../../../src/core/index.ts';

const read = (text: string) => readYaml(text, 'a.yml');

function firstProblem(text: string) {
  const { value, diagnostics } = read(text);
  const [problem] = diagnostics;
  if (problem?.span === undefined) throw new Error('no problem');
  const { line, column } = positionAt(text, problem.span.start);
  const marked = text.slice(problem.span.start, problem.span.end);
  return {
    value,
    code: problem.code,
    message: problem.message,
    hint: problem.hint,
    place: `${line}:${column}`,
    marked,
  };
}

describe('values are those of PyYAML', () => {
  test.each<[string, unknown]>([
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['~', null],
    ['', null],
    ['0755', 493],
    ['0o17', '0o17'],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    ['1:30', 90],
    ['089', '089'],
    ['1e5', '1e5'],
    ['1.5e+3', 1500],
    ['1.', 1],
    ['.5', 0.5],
    ['-.inf', Number.NEGATIVE_INFINITY],
    ['12345678901234567890', '12345678901234567890'],
    ['2024-01-05', '2024-01-05'],
    ['2024-1-5', '2024-1-5'],
    ['2001-12-14t21:59:43.10-05:00', '2001-12-14T21:59:43.100000-05:00'],
    ['2001-12-14 21:59:43', '2001-12-14T21:59:43'],
    ['"yes"', 'yes'],
    ['!!str 12', '12'],
    ['1.2.3', '1.2.3'],
  ])('%s', (text, value) => {
    expect(read(`a: ${text}\n`).value).toEqual({ a: value });
  });

  test.each(['>', '|', '|+'])(
    'a block (%s) at the end of a file has no line break, since dbt strips files',
    (style) => {
      expect(read(`a: ${style}\n  one\nb: ${style}\n  two\n\n`).value).toEqual({ a: 'one\n', b: 'two' });
    },
  );

  test('merge keys come first and lose against the own keys; earlier sources win', () => {
    const text = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  c: 3\n  <<: [*x, *y]\n';
    const { value } = read(text);
    expect(JSON.stringify((value as { z: unknown }).z)).toBe('{"b":1,"c":3,"a":1}');
  });

  test('keys become text', () => {
    expect(read('1: a\nyes: b\n~: c\n1.5: d\n').value).toEqual({ '1': 'a', true: 'b', null: 'c', '1.5': 'd' });
  });

  test('a key cannot reach a prototype', () => {
    const { value } = read('__proto__: {polluted: true}\n');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys(value as object)).toEqual(['__proto__']);
  });

  test('floats with a whole value are remembered', () => {
    const { value } = read('a: 1.0\nb: 1\nc: [2.0, 2]\n');
    const mapping = value as { c: unknown[] };
    expect([isMarkedFloat(mapping, 'a'), isMarkedFloat(mapping, 'b')]).toEqual([true, false]);
    expect([isMarkedFloat(mapping.c, 0), isMarkedFloat(mapping.c, 1)]).toEqual([true, false]);
  });

  test('brackets and quotes may end left of where they began', () => {
    expect(read('a:\n    b: [\n  1, 2\n  ]\n    c: "x\n  y"\nd: {\n}\n').value).toEqual({
      a: { b: [1, 2], c: 'x y' },
      d: {},
    });
  });

  test('an empty file is null', () => {
    expect(read('').value).toBeNull();
    expect(read('# nothing\n').value).toBeNull();
  });
});

describe('mistakes', () => {
  test.each([
    ['a: {{ var("x") }}\n', '1:4', 'has to be quoted', `"{{ var('x') }}"`],
    ['a: {{ var("x") }} and\nb: 1\n', '1:4', 'has to be quoted', 'and"'],
    ['a:\n\tb: 1\n', '2:1', 'A tab', 'spaces'],
    ['models:\n  - name:x\n    b: 1\n', '2:5', "A space is missing behind 'name:'", 'name: x'],
    ['a: b: c\n', '1:4', 'has to be quoted', '"b: c"'],
    ['a: 1\n  b: 2\n', '2:3', 'indented by 2', 'same column'],
    ['a: @x\n', '1:4', "cannot start with '@'", 'quotes'],
    ['a: - b\n', '1:4', 'cannot start in the line of its key', 'next line'],
    ['a: "x\nb: 1\n', '1:4', 'The text that starts here is not closed', 'Close it with "'],
    ['a: "x\ny\n', '1:4', 'never closed', undefined],
    ['a: "x\nb: 1\nc: ["d"]\n', '1:4', 'The text that starts here is not closed', 'Close it with "'],
    ["a:\n  - b: 'x\n    c: 1\n  - b: 'y'\n", '2:8', 'The text that starts here is not closed', "Close it with '"],
    ["name 'x'\nversion: 2\n", '1:1', "A ':' is missing behind 'name'", "name: 'x'"],
    ["a: 1\nname 'x'\n\n# more\nversion: [2]\n", '2:1', "A ':' is missing behind 'name'", "name: 'x'"],
    [' a:\n   - b\nc: 1\n', '1:2', 'The first key of the file is indented by 1', 'same column'],
    [
      'a:\n<<<<<<< HEAD\n  - b: 1\n=======\n  - b: 2\n>>>>>>> other\n',
      '2:1',
      'a merge conflict that nobody has resolved',
      'Keep what is right',
    ],
    ['a: [1, 2\nb: 3\n', '1:4', "'[' is opened here", "a ']'"],
    ['a: {x: "}", y: [1]\nb: 3\n', '1:4', "'{' is opened here", "a '}'"],
    ['a:\n  - b: 1\n    c d\n    e: 2\n', '3:5', "A ':' is missing behind 'c'", 'c: d'],
    ['a: *x\n', '1:5', "No anchor '&x'", undefined],
    ['a: !foo x\n', '1:4', "'!foo'", undefined],
    ['a: 2024-02-31\n', '1:4', 'no such day', undefined],
    ['a: 1\n---\nb: 2\n', '2:1', 'second document', 'Remove'],
    ['# Ours\n---\na: 1\n---\nb: 2\n', '4:1', 'second document', 'Remove'],
    ['---\n---\nb: 2\n', '2:1', 'second document', 'Remove'],
    ['[1]: 2\n', '1:1', 'cannot be a key', undefined],
  ])('%j', (text, place, message, hint) => {
    const problem = firstProblem(text);
    expect(problem.value).toBeUndefined();
    expect(problem.code).toBe('parse/yaml-syntax');
    expect(problem.message).toContain(message);
    expect(problem.place).toBe(place);
    if (hint === undefined) expect(problem.hint).toBeUndefined();
    else expect(problem.hint).toContain(hint);
  });

  test('a duplicate key is a warning, and the last one counts', () => {
    const { value, diagnostics } = read('a: 1\nb: 2\na: 3\n');
    expect(value).toEqual({ a: 3, b: 2 });
    expect(diagnostics).toMatchObject([
      { code: 'parse/duplicate-key', severity: 'warning', span: { start: 10, end: 11 } },
    ]);
  });
});

test('mappings, lists and items know where they were written', () => {
  const text = 'models:\n  - name: a\n    tests:\n      - unique\n      - not_null\n  - name: b\r\n';
  const { value, spanOf } = read(text);
  const { models } = value as { models: { name: string; tests: string[] }[] };
  const show = (span: { start: number; end: number } | undefined) => span && text.slice(span.start, span.end);
  expect(show(spanOf(models[0]!))).toBe('name: a');
  expect(show(spanOf(models[1]!))).toBe('name: b');
  expect(show(spanOf(models[0]!.tests, 1))).toBe('not_null');
  expect(spanOf({})).toBeUndefined();
});
