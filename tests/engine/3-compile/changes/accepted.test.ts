import { describe, expect, it, test } from 'vitest';
import { readAccepted, readAcceptedOfRemoved } from '../../../../src/3-compile/changes/accepted.ts';
import type { GraphNode } from '../../../../src/core/index.ts';

const today = '2026-11-21';
const span = { file: 'models/orders.sql', start: 0, end: 1 };

const node = (config: object): GraphNode =>
  ({
    name: 'orders',
    resource_type: 'model',
    fqn: ['shop', 'staging', 'orders'],
    config,
    meta: {},
    origin: { definition: span },
  }) as unknown as GraphNode;

const accepted = { reason: 'net from now on', until: '2026-11-21' };

describe('a break is accepted up to its day', () => {
  test.each([
    ['in the config', { accept_breaking: accepted }],
    ['in meta, where dbt looks away', { meta: { accept_breaking: accepted } }],
  ])('%s', (_, config) => {
    expect(readAccepted(node(config), today)).toEqual({ accepted, diagnostics: [] });
  });

  it('and not after it, which is told', () => {
    const { accepted: found, diagnostics } = readAccepted(node({ accept_breaking: accepted }), '2026-11-22');
    expect(found).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'changes/accept-expired', severity: 'warning', span }]);
  });

  it('of what is gone, the project file says it for its folder', () => {
    const file = {
      models: {
        shop: { '+accept_breaking': { reason: 'x', until: 'soon' }, staging: { '+accept_breaking': accepted } },
      },
    };
    expect(readAcceptedOfRemoved(node({}), file, today)).toEqual({ accepted, diagnostics: [] });
    expect(readAcceptedOfRemoved(node({}), {}, today)).toEqual({ diagnostics: [] });
  });
});

describe('what cannot be understood is an error', () => {
  test.each([
    ['no reason', { until: '2026-12-31' }, 'a reason'],
    ['no day', { reason: 'x' }, 'a day in until'],
    ['no date', { reason: 'x', until: 'soon' }, 'a day in until'],
    ['a day that is none', { reason: 'x', until: '2026-02-30' }, 'a day in until'],
    ['something else', true, 'a reason'],
  ])('%s', (_, written, needs) => {
    const { accepted: found, diagnostics } = readAccepted(node({ accept_breaking: written }), today);
    expect(found).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'changes/accept-breaking', severity: 'error' }]);
    expect(diagnostics[0]?.message).toContain(needs);
  });
});
