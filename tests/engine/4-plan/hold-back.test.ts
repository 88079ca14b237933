import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../../src/2-graph/index.ts';
import { createPlan, holdBack, type Step } from '../../../src/4-plan/index.ts';
import { Problem, stepId } from '../../../src/core/index.ts';
import { model, project, test } from '../2-graph/project-builder.ts';
import { config, gold, randomProject, type Things } from './random-project.ts';

const short = (id: string): string => id.split('.').at(-1) ?? '';

function planOf(
  things: Things,
  request: Partial<Parameters<typeof holdBack>[2]> = {},
  file = 'project.yml',
): readonly Step[] {
  const made = project(things);
  const graph = buildGraph({ ...made, settings: { ...made.settings, file } });
  const { steps } = createPlan(graph, {
    command: 'build',
    selected: graph.order,
    testsBlock: true,
    withProjectHooks: false,
  });
  return holdBack(steps, graph, { canStage: () => true, ...request });
}

/** `{ step: what it waits for }` with short names; `t reads` are the nodes that a test reads as they were staged. */
function shown(steps: readonly Step[]): Record<string, string[]> {
  return Object.fromEntries(
    steps.flatMap((step) => {
      const name = short(stepId(step));
      const waits: [string, string[]] = [name, step.waitsFor.map(short).sort()];
      return step.staged ? [waits, [`${name} reads`, step.staged.map(short).sort()]] : [waits];
    }),
  );
}

describe('a model that is published after its tests', () => {
  it('is staged, tested, and published; what reads it waits for the publication', () => {
    const steps = planOf([gold('a'), test('t', ['a']), test('u', ['a']), gold('b', 'a')]);
    expect(shown(steps)).toEqual({
      'a staged': [],
      t: ['a staged'],
      't reads': ['a'],
      u: ['a staged'],
      'u reads': ['a'],
      a: ['a staged', 't', 'u'],
      b: ['a', 't', 'u'],
    });
  });

  it('is built in one step where nothing tests it', () => {
    expect(shown(planOf([gold('a'), gold('b', 'a')]))).toEqual({ a: [], b: ['a'] });
  });

  it('does not wait for a test that only warns, unless warnings are failures', () => {
    const things = [gold('a'), test('t', ['a'], { config: { ...config, severity: 'WARN' } })];
    expect(shown(planOf(things))).toEqual({ a: [], t: ['a'] });
    expect(shown(planOf(things, { warnError: true }))).toMatchObject({ t: ['a staged'], a: ['a staged', 't'] });
  });

  it('is built in one step where it cannot be built aside', () => {
    expect(shown(planOf([gold('a'), test('t', ['a'])], { canStage: () => false }))).toEqual({ a: [], t: ['a'] });
  });
});

describe('which models wait for their tests', () => {
  const parts = (things: Things, file?: string) =>
    planOf(things, {}, file).flatMap(({ nodeId, part }) => (part === 'stage' ? [short(nodeId)] : []));
  const tested = (overrides: Parameters<typeof model>[1]) => [model('a', { config, ...overrides }), test('t', ['a'])];

  it('are those of the layer gold, in a project of Ingot', () => {
    expect(parts(tested({ layer: 'gold' }))).toEqual(['a']);
    expect(parts(tested({ layer: 'silver' }))).toEqual([]);
    expect(parts(tested({ layer: null }))).toEqual([]);
    expect(parts(tested({ layer: 'gold' }), 'dbt_project.yml')).toEqual([]);
  });

  it.each(['project.yml', 'dbt_project.yml'])('are those that say so, in %s', (file) => {
    expect(parts(tested({ layer: 'silver', config: { ...config, publish: 'after_tests' } }), file)).toEqual(['a']);
    expect(parts(tested({ layer: 'gold', config: { ...config, publish: 'before_tests' } }), file)).toEqual([]);
  });

  it('is not to be read from a word that means nothing', () => {
    const wrong = tested({ config: { ...config, publish: 'after_test' } });
    expect(() => planOf(wrong)).toThrow(Problem);
    expect(() => planOf(wrong.slice(0, 1)), 'without a test').toThrow(Problem);
    // In dbt any key may stand in a config.
    expect(parts(wrong, 'dbt_project.yml')).toEqual([]);
    try {
      planOf(wrong);
    } catch (failure) {
      expect((failure as Problem).diagnostics).toMatchObject([
        { code: 'plan/publish', hint: "Did you mean 'after_tests'?", span: { file: 'models/a.sql' } },
      ]);
    }
  });
});

describe('a test of several models', () => {
  it('holds back all of them, where none is built from another', () => {
    const steps = shown(planOf([gold('a'), gold('b'), test('t', ['a', 'b'])]));
    expect(steps).toMatchObject({
      t: ['a staged', 'b staged'],
      't reads': ['a', 'b'],
      a: ['a staged', 't'],
      b: ['b staged', 't'],
    });
  });

  it('reads the published one of two of which one is built from the other', () => {
    const steps = shown(planOf([gold('a'), gold('between', 'a'), gold('b', 'between'), test('t', ['a', 'b'])]));
    expect(steps).toMatchObject({ t: ['a', 'b staged'], 't reads': ['b'], b: ['b staged', 't'], between: ['a'] });
    expect(steps['a staged']).toBeUndefined();
  });

  it('holds back one, if that is the only one that waits for tests', () => {
    const steps = shown(planOf([gold('a'), model('b', { config }), test('t', ['a', 'b'])]));
    expect(steps).toMatchObject({ t: ['a staged', 'b'], 't reads': ['a'], a: ['a staged', 't'], b: [] });
  });

  it('and another one across never wait for each other', () => {
    const things = [
      gold('n'),
      gold('b'),
      gold('a', 'n'),
      gold('m', 'b'),
      test('first', ['n', 'm']),
      test('second', ['a', 'b']),
    ];
    const steps = planOf(things);
    expect(circleIn(steps)).toBeUndefined();
    const held = steps.flatMap(({ nodeId, part }) => (part === 'publish' ? [short(nodeId)] : []));
    expect(held.length).toBeGreaterThanOrEqual(2);
  });
});

describe('any graph with any tests', () => {
  it('has a plan without a circle, in which no test is left out and nothing is read before it is published', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const things = randomProject(seed);
      const steps = planOf(things);
      expect(circleIn(steps), `seed ${seed}`).toBeUndefined();
      for (const complaint of complaintsAbout(steps, things)) expect(complaint, `seed ${seed}`).toBeUndefined();
    }
  });
});

/** A circle among steps that wait for each other; undefined where everything can be started some time. */
function circleIn(steps: readonly Step[]): string[] | undefined {
  const open = new Map(steps.map((step) => [stepId(step), new Set(step.waitsFor)]));
  for (;;) {
    const ready = [...open].find(([, waits]) => waits.size === 0);
    if (!ready) return open.size === 0 ? undefined : [...open.keys()];
    open.delete(ready[0]);
    for (const waits of open.values()) waits.delete(ready[0]);
  }
}

function complaintsAbout(steps: readonly Step[], things: Things): string[] {
  const byId = new Map(steps.map((step) => [stepId(step), step]));
  const before = (id: string, seen = new Set<string>()): Set<string> => {
    for (const above of byId.get(id)?.waitsFor ?? []) {
      if (!seen.has(above)) before(above, seen.add(above));
    }
    return seen;
  };
  const complaints: string[] = [];
  for (const thing of things) {
    const waits = before(thing.unique_id);
    const step = byId.get(thing.unique_id);
    if (!step) complaints.push(`${thing.name} is left out`);
    for (const { name } of 'refs' in thing ? (thing.refs ?? []) : []) {
      const parent = `model.shop.${name}`;
      const staged = step?.staged?.includes(parent) === true;
      if (!staged && !waits.has(parent)) complaints.push(`${thing.name} reads ${name} before it is published`);
      if (staged && !byId.get(parent)?.waitsFor.includes(thing.unique_id)) {
        complaints.push(`${name} is published without having been tested by ${thing.name}`);
      }
    }
  }
  return complaints;
}
