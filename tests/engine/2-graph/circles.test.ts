import { expect, it } from 'vitest';
import { buildGraph } from '../../../src/2-graph/index.ts';
import { model, project, test } from './project-builder.ts';

const circlesOf = (things: Parameters<typeof project>[0]) => buildGraph(project(things)).diagnostics;

it('prints the whole way around a circle, with the file and the call of each', () => {
  const found = circlesOf([model('a', { refs: ['c'] }), model('b', { refs: ['a'] }), model('c', { refs: ['b'] })]);
  expect(found).toMatchObject([
    {
      code: 'graph/circle',
      severity: 'error',
      message: 'Found a cycle: a → c → b → a',
      span: { file: 'models/a.sql', start: 10 },
      notes: [
        { message: "'a' (models/a.sql) reads 'c'", span: { file: 'models/a.sql', start: 10 } },
        { message: "'c' (models/c.sql) reads 'b'", span: { file: 'models/c.sql' } },
        { message: "'b' (models/b.sql) reads 'a'", span: { file: 'models/b.sql' } },
      ],
    },
  ]);
});

it('reports one error for every circle, and none for what is merely downstream', () => {
  const found = circlesOf([
    model('a', { refs: ['b'] }),
    model('b', { refs: ['a'] }),
    model('c', { refs: ['d', 'b'] }),
    model('d', { refs: ['c'] }),
    model('e', { refs: ['d'] }),
    test('t', ['e']),
  ]);
  expect(found.map(({ message }) => message)).toEqual(['Found a cycle: a → b → a', 'Found a cycle: c → d → c']);
});

it('takes a short way through circles that share models', () => {
  const found = circlesOf([
    model('a', { refs: ['b', 'd'] }),
    model('b', { refs: ['c'] }),
    model('c', { refs: ['d'] }),
    model('d', { refs: ['a'] }),
  ]);
  expect(found.map(({ message }) => message)).toEqual(['Found a cycle: a → d → a']);
});

it('finds a model that reads itself', () => {
  expect(circlesOf([model('a', { refs: ['a'] })])).toMatchObject([{ message: 'Found a cycle: a → a' }]);
});

it('keeps every node in the order, those of a circle last', () => {
  const graph = buildGraph(project([model('a', { refs: ['b'] }), model('b', { refs: ['a'] }), model('c')]));
  expect(graph.order).toEqual(['model.shop.c', 'model.shop.a', 'model.shop.b']);
});

it('finds a circle of ten thousand models without ending the stack', () => {
  const size = 10_000;
  const things = Array.from({ length: size }, (_, at) => model(`m${at}`, { refs: [`m${(at + 1) % size}`] }));
  const found = circlesOf(things);
  expect(found).toHaveLength(1);
  expect(found[0]?.notes).toHaveLength(size);
});
