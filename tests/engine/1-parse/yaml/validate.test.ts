import { expect, test } from 'vitest';
import { z } from 'zod';
import { check, readYaml } from '../../../../src/1-parse/yaml/index.ts';

const schema = z.strictObject({
  version: z.number().optional(),
  layout: z.literal(2).optional(),
  models: z.array(
    z.strictObject({
      name: z.string(),
      access: z.enum(['private', 'public']).optional(),
      columns: z
        .array(z.union([z.string(), z.strictObject({ name: z.string(), quote: z.boolean().optional() })]))
        .optional(),
    }),
  ),
});

function problems(text: string) {
  const { value } = readYaml(text, 'a.yml');
  return check(schema, value, text, 'a.yml').map(({ code, message, hint, span }) => ({
    code,
    message,
    hint,
    marked: span && text.slice(span.start, span.end),
  }));
}

test('nothing is said of what is right', () => {
  expect(problems('models:\n  - name: a\n    columns: [x, {name: y}]\n')).toEqual([]);
});

test('an unknown key is marked, with the known one that was meant', () => {
  expect(problems('models:\n  - name: a\n    acess: public\n')).toEqual([
    {
      code: 'parse/unknown-key',
      message: "The key 'acess' is not known in 'models'",
      hint: "Did you mean 'access'?",
      marked: 'acess',
    },
  ]);
});

test('where only one value is right, that one is told', () => {
  expect(problems('layout: 1\nmodels: []\n')).toMatchObject([
    { code: 'parse/wrong-value', message: "'layout' has to be 2, but is 1", marked: '1' },
  ]);
});

test('all problems are told, each at its place', () => {
  const found = problems(
    'version: x\nmodels:\n  - access: publc\n  - name: [1]\n  - name: b\n    columns:\n      - {name: c, qoute: true}\n      - 5\n',
  );
  expect(found).toEqual([
    {
      code: 'parse/wrong-type',
      message: "'version' has to be a number, but is the text 'x'",
      hint: undefined,
      marked: 'x',
    },
    {
      code: 'parse/missing-key',
      message: "The key 'name' is missing in 'models'",
      hint: undefined,
      marked: 'access: publc',
    },
    {
      code: 'parse/wrong-value',
      message: "'models.access' cannot be 'publc'; it is one of private, public",
      hint: "Did you mean 'public'?",
      marked: 'publc',
    },
    {
      code: 'parse/wrong-type',
      message: "'models.name' has to be text, but is a list",
      hint: undefined,
      marked: '[1]',
    },
    {
      code: 'parse/unknown-key',
      message: "The key 'qoute' is not known in 'models.columns'",
      hint: "Did you mean 'quote'?",
      marked: 'qoute',
    },
    {
      code: 'parse/wrong-type',
      message: "'models.columns' has to be text or a mapping, but is 5",
      hint: undefined,
      marked: '5',
    },
  ]);
});

test('a part of a file is checked with its place in the file', () => {
  const text = 'x:\n  - models: 5\n';
  const found = check(schema, { models: 5 }, text, 'a.yml', { at: ['x', 0], prefix: 'other' });
  expect(found).toMatchObject([
    { code: 'other/wrong-type', span: { start: text.indexOf('5'), end: text.indexOf('5') + 1 } },
  ]);
});
