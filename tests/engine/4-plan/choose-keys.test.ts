import { describe, expect, it } from 'vitest';
import { buildGraph, type Graph } from '../../../src/2-graph/index.ts';
import { createPlan, type PartitionPlanning, type PartitionState, planPartitions } from '../../../src/4-plan/index.ts';
import { type KeySet, noKeys, readKeySet } from '../../../src/core/index.ts';
import { model, project } from '../2-graph/project-builder.ts';
import { definitionOf } from './definition.ts';

const now = Date.UTC(2024, 2, 1);
const days = { time: 'day', start: '2024-01-01', end: '2024-03-01', column: 'day' };
const months = { time: 'month', start: '2024-01', end: '2024-03', column: 'month' };

function partitioned(name: string, partitions: typeof days, refs: readonly string[] = [], more: object = {}) {
  const config = { enabled: true, materialized: 'incremental', tags: [], meta: {}, partitions, ...more };
  return model(name, { refs, config });
}

const graph = buildGraph(project([partitioned('daily', days), partitioned('monthly', months, ['daily'])]));

const keys = (config: typeof days, text: string): KeySet => readKeySet(definitionOf(config), text).set;
const daily = (text: string): KeySet => keys(days, text);

interface Known {
  readonly daily?: Partial<PartitionState>;
  readonly monthly?: Partial<PartitionState>;
}

function planOf(known: Known, more: Partial<PartitionPlanning> = {}, of: Graph = graph) {
  const { steps } = createPlan(of, { command: 'build', selected: of.order, testsBlock: true, withProjectHooks: false });
  const state = (id: string): PartitionState => ({
    filled: noKeys,
    failed: noKeys,
    ...(id.endsWith('.daily') ? known.daily : known.monthly),
  });
  const request = {};
  return planPartitions(steps, of, { request, now, state, fullRefresh: false, explain: true, ...more });
}

/** By the name of its node: what is built, because of what. */
function shown({ steps }: ReturnType<typeof planOf>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    steps.map(({ nodeId, reasons = [] }) => [
      nodeId.split('.').at(-1) ?? '',
      reasons.map(({ kind, partitions }) => `${kind}: ${partitions}`),
    ]),
  );
}

const all = {
  daily: { filled: daily('2024-01-01..2024-02-29') },
  monthly: { filled: keys(months, '2024-01..2024-02') },
};

describe('without names', () => {
  it('what is missing is built, and with it what reads it', () => {
    const plan = planOf({ ...all, daily: { filled: daily('2024-01-01..2024-02-20') } });
    expect(shown(plan)).toEqual({ daily: ['missing: 2024-02-21..2024-02-29'], monthly: ['upstream-built: 2024-02'] });
  });

  it('nothing is built where all is there, and that is said', () => {
    const plan = planOf(all);
    expect(plan.steps).toEqual([]);
    expect(plan.leftOut.map(({ kind, partitions, count }) => [kind, partitions, count])).toEqual([
      ['filled', '2024-01-01..2024-02-29', 60],
      ['filled', '2024-01..2024-02', 2],
    ]);
  });

  it('what failed is built again, whether or not there is older data', () => {
    const failed = daily('2024-01-05,2024-01-07');
    const plan = planOf({ ...all, daily: { filled: daily('2024-01-01..2024-01-06,2024-01-08..2024-02-29'), failed } });
    expect(shown(plan)).toEqual({ daily: ['failed: 2024-01-05,2024-01-07'], monthly: ['upstream-built: 2024-01'] });
  });

  it('what is stale is left out, and built where that is asked for', () => {
    const stale = daily('2024-01-05');
    const known = {
      ...all,
      daily: { ...all.daily, stale, causes: [{ cause: { kind: 'code' as const }, keys: stale }] },
    };
    expect(planOf(known).steps).toEqual([]);
    expect(planOf(known).leftOut[0]).toMatchObject({ kind: 'stale', partitions: '2024-01-05' });
    expect(shown(planOf(known, { only: ['stale'] }))).toEqual({
      daily: ['code-changed: 2024-01-05'],
      monthly: ['upstream-built: 2024-01'],
    });
  });

  it('only the newest are built of very many', () => {
    const { steps, leftOut, diagnostics } = planOf({ ...all, daily: {} }, { mostUnnamed: 10 });
    expect(steps[0]?.partitions).toBe('2024-02-20..2024-02-29');
    expect(leftOut.find(({ kind }) => kind === 'older')?.partitions).toBe('2024-01-01..2024-02-19');
    expect(diagnostics[0]).toMatchObject({ code: 'plan/partitions-left', severity: 'warning' });
  });

  it('late rows are looked for in all values of the newest times, the newest being those of the clock', () => {
    const regions = { values: ['EU', 'US'], column: 'region' };
    const order = (first: object, second: object) => ({ dimensions: { first, second } }) as unknown as typeof days;
    for (const [config, text, kept] of [
      [order(days, regions), '2024-01-01..2024-02-29|EU,US', '2024-02-28..2024-02-29|EU,US'],
      [order(regions, days), 'EU,US|2024-01-01..2024-02-29', 'EU,US|2024-02-28..2024-02-29'],
    ] as const) {
      const written = { unrendered_config: { lookback: 2 } };
      const of = buildGraph(project([{ ...partitioned('daily', config, [], { lookback: 2 }), ...written }]));
      expect(shown(planOf({ daily: { filled: keys(config, text) } }, {}, of)).daily).toEqual([`lookback: ${kept}`]);
      const most = planOf({ daily: { filled: noKeys } }, { mostUnnamed: 4 }, of).steps[0]?.partitions;
      expect(most).toBe(kept);
    }
  });

  it('a partition waits for what it reads, unless nothing at all of that is here', () => {
    const selected = graph.order.filter((id) => id.endsWith('.monthly'));
    const { steps } = createPlan(graph, { command: 'build', selected, testsBlock: true, withProjectHooks: false });
    const state =
      (filled: KeySet) =>
      (id: string): PartitionState => ({
        filled: id.endsWith('.daily') ? filled : noKeys,
        failed: noKeys,
      });
    const plan = (filled: KeySet) =>
      planPartitions(steps, graph, { request: {}, now, state: state(filled), fullRefresh: false, explain: true });
    const waiting = plan(daily('2024-01-01..2024-02-15'));
    expect(waiting.steps.map(({ partitions }) => partitions)).toEqual(['2024-01']);
    expect(waiting.leftOut).toMatchObject([
      { kind: 'waits', partitions: '2024-02', parent: expect.stringMatching(/daily$/) },
    ]);
    expect(waiting.diagnostics).toMatchObject([{ code: 'plan/partitions-wait' }]);
    expect(plan(noKeys).steps.map(({ partitions }) => partitions)).toEqual(['2024-01..2024-02']);
  });
});

describe('with names', () => {
  it('a key of several dimensions means what it lies in, in the grain of each model', () => {
    const by = (time: object) =>
      ({ dimensions: { time, region: { values: ['EU', 'US'], column: 'region' } } }) as unknown as typeof days;
    const of = buildGraph(project([partitioned('daily', by(days)), partitioned('monthly', by(months), ['daily'])]));
    const named = (text: string) => shown(planOf({}, { request: { keys: [text] } }, of));
    expect(named('2024-02-03|EU')).toEqual({ daily: ['asked: 2024-02-03|EU'], monthly: ['asked: 2024-02|EU'] });
    expect(named('2024-01-30..2024-02-02|EU,US').monthly).toEqual(['asked: 2024-01..2024-02|EU,US']);
    expect(planOf({}, { request: { keys: ['2024-02-03|DE'] } }, of).diagnostics).toMatchObject([
      { message: "Dimension 'region' has no partition 'DE'" },
    ]);
  });

  it('each part of a list has to mean something', () => {
    const regions = { dimensions: { time: days, region: { values: ['EU', 'US'], column: 'region' } } };
    const of = buildGraph(project([partitioned('daily', regions as unknown as typeof days)]));
    const problems = (text: string) =>
      planOf({}, { request: { keys: [text] } }, of).diagnostics.map(({ message, hint }) => [message, hint]);
    expect(problems('2024-02-03|EU,DE')).toEqual([
      ["Nothing that is selected has a partition '2024-02-03|DE'", 'Known: EU, US'],
    ]);
    expect(problems('2024-02-03|EU;2024-02-04|FR')).toMatchObject([
      ["Nothing that is selected has a partition '2024-02-04|FR'", expect.anything()],
    ]);
    expect(problems('2024-02-03,2034-02-03|EU')).toMatchObject([
      ["Nothing that is selected has a partition '2034-02-03|EU'", expect.stringContaining('after the last')],
    ]);
    expect(problems('2024-02-03..2034-02-03|EU,US')).toEqual([]);
  });

  it('a name that means nothing to any of them is an error, and one that means something to some is none', () => {
    const problems = (text: string) => planOf(all, { request: { keys: [text] } }).diagnostics;
    expect(problems('2024-03-15')).toMatchObject([
      { severity: 'error', message: "Nothing that is selected has a partition '2024-03-15'" },
    ]);
    expect(problems('2024-03-15')[0]?.hint).toBe('2024-03-15 is after the last partition, 2024-02-29');
    expect(problems('2024-02')).toEqual([]);
  });

  it('what is named is built, whatever is there, in the grain of each model', () => {
    const plan = planOf(all, { request: { from: '2024-01-30', to: '2024-02-02' } });
    expect(shown(plan)).toEqual({ daily: ['asked: 2024-01-30..2024-02-02'], monthly: ['asked: 2024-01..2024-02'] });
  });

  it('a view between them does not hide what is read', () => {
    const view = model('between', {
      refs: ['daily'],
      config: { enabled: true, materialized: 'view', tags: [], meta: {} },
    });
    const through = buildGraph(
      project([partitioned('daily', days), view, partitioned('monthly', months, ['between'])]),
    );
    const plan = planOf({ ...all, daily: { filled: daily('2024-01-02..2024-02-29') } }, {}, through);
    expect(shown(plan)).toMatchObject({ daily: ['missing: 2024-01-01'], monthly: ['upstream-built: 2024-01'] });
  });
});
