import { describe, expect, it } from 'vitest';
import type { Graph } from '../../../../src/2-graph/index.ts';
import type { AffectedNode, GraphNode, NodeChange, ProjectChanges } from '../../../../src/core/index.ts';
import { chooseNodes, type NodeChoice } from '../../../../src/pipeline/ci/choose-nodes.ts';

/** `orders ← report ← board`, a test of each, an ephemeral model in between, and a unit test. */
const parents: Readonly<Record<string, readonly string[]>> = {
  'seed.s': [],
  'model.orders': ['seed.s'],
  'model.part': ['model.orders'],
  'model.report': ['model.part'],
  'model.board': ['model.report'],
  'test.orders': ['model.orders'],
  'test.both': ['model.orders', 'model.board'],
  'test.other': ['seed.s'],
  'unit_test.board': ['model.board', 'model.report'],
};

const nodes = new Map<string, GraphNode>(
  Object.entries(parents).map(([id, above]) => {
    const [type = '', name = ''] = id.split('.');
    const config = { materialized: name === 'part' ? 'ephemeral' : 'table' };
    const node = { unique_id: id, name, resource_type: type, config, depends_on: { nodes: above, macros: [] } };
    return [id, node as unknown as GraphNode];
  }),
);
const graph = { nodes, order: Object.keys(parents), parents: new Map(Object.entries(parents)) } as unknown as Graph;

const changed = (id: string, more: Partial<NodeChange> = {}): NodeChange =>
  ({ id, change: 'modified', class: 'values', reasons: [], columns: [], ...more }) as NodeChange;
const affected = (id: string, ...through: string[]): AffectedNode => ({ id, through }) as unknown as AffectedNode;

const changes: ProjectChanges = {
  nodes: [changed('model.orders')],
  affected: [
    affected('model.part', 'model.orders'),
    affected('model.report', 'model.part'),
    affected('model.board', 'model.report'),
  ],
};

const choose = (choice: Partial<NodeChoice> = {}) =>
  chooseNodes(graph, { changes, changedTests: [], mostNodes: undefined, isInProduction: () => true, ...choice });

describe('what a review builds', () => {
  it('is what changed and what that affects, with its tests and unit tests', () => {
    expect(choose()).toEqual({
      built: ['model.orders', 'model.report', 'model.board'],
      tests: ['test.orders', 'test.both', 'unit_test.board'],
      leftOut: [],
    });
  });

  it('has nothing of a node in which nothing changes, but a test of it that changed', () => {
    const nothing = { nodes: [changed('seed.s', { class: 'none' })], affected: [] };
    expect(choose({ changes: nothing, changedTests: ['test.other'] })).toEqual({
      built: [],
      tests: ['test.other'],
      leftOut: [],
    });
  });

  it('has nothing that is removed', () => {
    const removed = { nodes: [changed('model.gone', { change: 'removed', class: 'breaking' })], affected: [] };
    expect(choose({ changes: removed }).built).toEqual([]);
  });

  it('keeps to a budget: what changed, then what stands nearest; the rest is said', () => {
    const { built, leftOut } = choose({ mostNodes: 2 });
    expect(built).toEqual(['model.orders', 'model.report']);
    expect(leftOut).toEqual([{ id: 'model.board', name: 'board', reason: 'it is more than --max-nodes 2 allows' }]);
  });

  it('leaves out what reads something new that is left out, ephemeral models between them or not', () => {
    const late: ProjectChanges = {
      nodes: [changed('model.board'), changed('model.report'), changed('model.orders', { change: 'added' })],
      affected: [],
    };
    const isInProduction = (id: string): boolean => id !== 'model.orders';
    const found = choose({ changes: late, mostNodes: 0, isInProduction, changedTests: ['test.orders'] });
    expect(found).toMatchObject({ built: [], tests: ['unit_test.board'] });
    const near = { nodes: [changed('model.report')], affected: [affected('model.orders', 'model.report')] };
    expect(choose({ changes: near, mostNodes: 1, isInProduction })).toMatchObject({
      built: [],
      leftOut: [
        { name: 'report', reason: 'it reads orders, which is left out and not in production' },
        { name: 'orders', reason: 'it is more than --max-nodes 1 allows' },
      ],
    });
  });
});
