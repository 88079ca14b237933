import { beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../../../src/4-plan/index.ts';
import type { ExecuteContext } from '../../../src/5-execute/index.ts';
import { Turns } from '../../../src/5-execute/turns.ts';
import type { Leases } from '../../../src/core/index.ts';

const nodes = new Map(
  Object.entries({
    grows: { resource_type: 'model', config: { materialized: 'incremental' } },
    growsToo: { resource_type: 'model', config: { materialized: 'incremental' } },
    versions: { resource_type: 'snapshot', config: { materialized: 'snapshot' } },
    replaced: { resource_type: 'model', config: { materialized: 'table' } },
    test: { resource_type: 'test', config: { materialized: 'test' } },
  }),
);

let holders: Map<string, string>;
let told: string[];
beforeEach(() => {
  holders = new Map();
  told = [];
});

/** The turns of a run. What it takes, the others do not get until it gives it back. */
function turnsOf(run: string, steps: readonly Partial<Step>[] = []): Turns {
  const take: Leases['take'] = (asset) => {
    if (holders.has(asset)) return undefined;
    holders.set(asset, run);
    const holds = (): boolean => holders.get(asset) === run;
    return { contested: false, holds, release: () => void (holds() && holders.delete(asset)) };
  };
  const emit = (event: { readonly text?: string }): void => void told.push(`${run}: ${event.text}`);
  const context = { leases: { take }, graph: { nodes }, emit, now: () => 0 } as unknown as ExecuteContext;
  return new Turns({ steps: steps as readonly Step[] }, context);
}

const step = (nodeId: string, more: Partial<Step> = {}): Step => ({
  nodeId,
  waitsFor: [],
  reason: 'selected',
  ...more,
});

describe('turns', () => {
  it.each(['grows', 'versions'])('are taken one after the other for what is built on what it holds: %s', (id) => {
    const [one, other] = [turnsOf('one'), turnsOf('other')];
    expect(one.take(step(id, { part: 'stage' }))).toBe('ours');
    expect(other.take(step(id))).toBe('taken');
    expect(other.take(step(id))).toBe('taken');
    expect(told).toEqual([`other: Another run is building ${id}: this one goes on with it after that`]);
    expect(one.take(step(id, { part: 'publish' }))).toBe('ours');
    one.release(step(id));
    expect(other.take(step(id))).toBe('ours');
  });

  it.each([
    ['what is replaced as a whole', step('replaced')],
    ['partitions, each of which has a lease', step('grows', { partition: '2024-01-01' })],
    ['batches that share themselves out', step('grows', { batches: 'usual' })],
    ['tests', step('test')],
  ])('are not needed for %s', (_, asked) => {
    expect([turnsOf('one'), turnsOf('other')].map((turns) => turns.take(asked))).toEqual(['ours', 'ours']);
    expect(holders.size).toBe(0);
  });

  it('are not waited for where the other run waits for what this one has', () => {
    const together = [{ nodeId: 'test', staged: ['grows', 'replaced', 'growsToo'] }];
    const [one, other] = [turnsOf('one', together), turnsOf('other', together)];
    one.take(step('grows', { part: 'stage' }));
    other.take(step('growsToo', { part: 'stage' }));
    expect(one.take(step('growsToo', { part: 'stage' }))).toBe('crossed');
    one.release(step('grows'));
    expect(other.take(step('grows', { part: 'stage' }))).toBe('ours');
  });

  it('end where somebody else has taken over', () => {
    const one = turnsOf('one');
    one.take(step('grows'));
    expect(one.holds(step('grows'))).toBe(true);
    holders.set('grows', 'other');
    expect(one.holds(step('grows'))).toBe(false);
    expect(one.holds(step('replaced'))).toBe(true);
  });
});
