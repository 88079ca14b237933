import { describe, expect, it } from 'vitest';
import { buildGraph, type Graph } from '../../../src/2-graph/index.ts';
import { createPlan } from '../../../src/4-plan/index.ts';
import type { UnitTestNode } from '../../../src/core/index.ts';
import { model, project, test } from '../2-graph/project-builder.ts';

function unitTest(name: string, of: string): UnitTestNode {
  return {
    resource_type: 'unit_test',
    unique_id: `unit_test.shop.${of}.${name}`,
    name,
    model: of,
    package_name: 'shop',
    given: [],
    expect: { rows: [], format: 'dict', fixture: null },
    overrides: null,
    versions: null,
    version: null,
    depends_on: { macros: [], nodes: [] },
    config: { enabled: true, materialized: '', tags: [], meta: {} },
    origin: { definition: { file: 'models/tests.yml', start: 0, end: 1 } },
  } as unknown as UnitTestNode;
}

const ephemeral = { enabled: true, materialized: 'ephemeral', tags: [], meta: {} };
const tests = [unitTest('b', 'middle'), unitTest('a', 'middle'), unitTest('c', 'between')];
const graph: Graph = buildGraph({
  ...project([
    model('first'),
    test('checked', ['first']),
    model('middle', { refs: ['first'] }),
    model('between', { refs: ['middle'], config: ephemeral }),
    model('last', { refs: ['between'] }),
  ]),
  unit_tests: new Map(tests.map((one) => [one.unique_id, one])),
});

function waits(command: string, selected: readonly string[] = graph.order): Record<string, readonly string[]> {
  const plan = createPlan(graph, { command, selected, testsBlock: command === 'build', withProjectHooks: false });
  const short = (id: string): string => id.split('.').slice(2).join('.');
  return Object.fromEntries(plan.steps.map(({ nodeId, waitsFor }) => [short(nodeId), waitsFor.map(short).sort()]));
}

describe('unit tests in a build', () => {
  it('run before their model, one after the other, once all is there that it reads', () => {
    expect(waits('build')).toMatchObject({
      first: [],
      'middle.a': ['checked', 'first'],
      'middle.b': ['middle.a'],
      middle: ['checked', 'first', 'middle.b'],
    });
  });

  it('of an ephemeral model hold back what reads it', () => {
    expect(waits('build')).toMatchObject({ 'between.c': ['middle'], last: ['between.c', 'middle'] });
  });

  it('wait for nothing of a model that is not built', () => {
    const only = graph.order.filter((id) => id.startsWith('unit_test.'));
    expect(waits('build', only)).toEqual({ 'between.c': [], 'middle.a': [], 'middle.b': ['middle.a'] });
  });

  it('hold back nothing that reads a model which is not built', () => {
    const others = graph.order.filter((id) => !['model.shop.middle', 'model.shop.between'].includes(id));
    expect(waits('build', others).last).toEqual(['checked', 'first']);
  });
});

it('unit tests wait for nothing where only tests run', () => {
  const only = graph.order.filter((id) => id.includes('test.'));
  expect(Object.values(waits('test', only)).flat()).toEqual([]);
});
