import { describe, expect, it } from 'vitest';
import { buildGraph, type Graph, testEdges } from '../../../src/2-graph/index.ts';
import { exposure, model, project, source, test } from './project-builder.ts';

const graphOf = (...things: Parameters<typeof project>[0]) => buildGraph(project(things));

/** `{ blocked: tests }` with short names, for a run of everything but what is left out. */
function edgesOf(graph: Graph, ...leftOut: string[]) {
  const short = (id: string) => id.split('.').at(-1) ?? '';
  const selected = graph.order.filter((id) => !leftOut.includes(short(id)));
  const entries = [...testEdges(graph, selected)].map(([id, tests]) => [short(id), tests.map(short).sort()]);
  return Object.fromEntries(entries.sort());
}

describe('a test of one model', () => {
  it('blocks what reads the model, and nothing else', () => {
    const graph = graphOf(
      model('a'),
      model('b', { refs: ['a'] }),
      model('c', { refs: ['b'] }),
      model('other'),
      test('t', ['a']),
      exposure('board', ['a']),
    );
    expect(edgesOf(graph)).toEqual({ b: ['t'] });
  });

  it('of a source blocks what reads the source', () => {
    const graph = graphOf(
      source('raw', 'x'),
      model('a', { sources: [['raw', 'x']] }),
      test('t', [], { sources: [['raw', 'x']] }),
    );
    expect(edgesOf(graph)).toEqual({ a: ['t'] });
  });

  it('blocks the nearest selected models below those that are not selected', () => {
    const graph = graphOf(model('a'), model('b', { refs: ['a'] }), model('c', { refs: ['b'] }), test('t', ['a']));
    expect(edgesOf(graph, 'b')).toEqual({ c: ['t'] });
  });

  it('that is not selected blocks nothing', () => {
    const graph = graphOf(model('a'), model('b', { refs: ['a'] }), test('t', ['a']));
    expect(edgesOf(graph, 't')).toEqual({});
  });
});

describe('a test of several models', () => {
  it('blocks what is downstream of every one of them', () => {
    const graph = graphOf(
      model('facts'),
      model('dim'),
      model('of_facts', { refs: ['facts'] }),
      model('of_dim', { refs: ['dim'] }),
      model('of_both', { refs: ['facts', 'dim'] }),
      test('relationships', ['facts', 'dim']),
    );
    expect(edgesOf(graph)).toEqual({
      of_both: ['relationships'],
      of_dim: ['relationships'],
      of_facts: ['relationships'],
    });
  });

  it('does not wait for itself: what it needs may run, what reads that is blocked', () => {
    const graph = graphOf(
      model('a'),
      model('between', { refs: ['a'] }),
      model('b', { refs: ['between'] }),
      model('side', { refs: ['between'] }),
      model('last', { refs: ['b'] }),
      test('t', ['a', 'b']),
    );
    expect(edgesOf(graph)).toEqual({ last: ['t'], side: ['t'] });
  });

  it('gives way where two tests would wait for each other', () => {
    const graph = graphOf(
      model('a'),
      model('d'),
      model('c1', { refs: ['a'] }),
      model('b', { refs: ['d'] }),
      test('t1', ['a', 'b']),
      test('t2', ['c1', 'd']),
    );
    expect(edgesOf(graph)).toEqual({ b: ['t2'] });
  });
});

it('never makes a circle, and blocks all that is downstream where tests do not cross', () => {
  const random = generator(7);
  for (let round = 0; round < 60; round += 1) {
    const size = 4 + Math.floor(random() * 12);
    const pick = (below: number) => `m${Math.floor(random() * below)}`;
    const models = Array.from({ length: size }, (_, at) =>
      model(`m${at}`, { refs: at === 0 ? [] : Array.from({ length: Math.floor(random() * 3) }, () => pick(at)) }),
    );
    const testCount = round % 2 === 0 ? 1 : 6;
    const tests = Array.from({ length: testCount }, (_, at) => test(`t${at}`, [pick(size), pick(size), pick(size)]));
    const graph = graphOf(...models, ...tests);
    const edges = testEdges(graph, graph.order);
    expect(hasCircle(graph, edges), `round ${round}`).toBe(false);
    if (testCount === 1) expectAllBlocked(graph, edges, 'test.shop.t0');
  }
});

/** Everything below a model that the test reads has to come behind the test, except what the test needs. */
function expectAllBlocked(graph: Graph, edges: ReadonlyMap<string, readonly string[]>, id: string): void {
  const children = (node: string) => graph.children.get(node) ?? [];
  const blockedFirst = [...edges].filter(([, tests]) => tests.includes(id)).map(([node]) => node);
  const blocked = new Set([...blockedFirst, ...reachable(blockedFirst, children)]);
  const needed = reachable([id], (node) => graph.parents.get(node) ?? []);
  for (const node of reachable(graph.parents.get(id) ?? [], children)) {
    if (node.startsWith('model.')) expect(blocked.has(node) || needed.has(node), node).toBe(true);
  }
}

function reachable(start: readonly string[], next: (id: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  const open = [...start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const other of next(id)) {
      if (found.has(other)) continue;
      found.add(other);
      open.push(other);
    }
  }
  return found;
}

function hasCircle(graph: Graph, edges: ReadonlyMap<string, readonly string[]>): boolean {
  const above = (id: string) => [...(graph.parents.get(id) ?? []), ...(edges.get(id) ?? [])];
  return graph.order.some((id) => reachable([id], above).has(id));
}

/** Equal numbers in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}
