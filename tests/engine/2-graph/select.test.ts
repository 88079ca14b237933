import { describe, expect, it } from 'vitest';
import { buildGraph, type SelectionRequest, select } from '../../../src/2-graph/index.ts';
import { exposure, model, type ProjectParts, project, seed, source, test } from './project-builder.ts';

const things = [
  source('raw', 'orders'),
  seed('countries'),
  model('gold_sales', { layer: 'gold', refs: ['silver_orders'], group: 'finance' }),
  model('silver_orders', { layer: 'silver', sources: [['raw', 'orders']], tags: ['nightly'] }),
  model('empty', { raw_code: ' \n\t' }),
  test('not_null_orders', ['silver_orders']),
  exposure('board', ['gold_sales']),
];

function run(request: Partial<SelectionRequest>, parts?: ProjectParts) {
  const graph = buildGraph(project(things, parts));
  const { ids, diagnostics } = select(graph, { select: [], exclude: [], indirectSelection: 'eager', ...request });
  return { names: ids.map((id) => id.split('.').at(-1)), diagnostics };
}

const namesOf = (...criteria: string[]) => run({ select: criteria }).names;

describe('select', () => {
  it('selects everything when nothing is asked for', () => {
    expect(run({}).names).toEqual(['orders', 'countries', 'silver_orders', 'gold_sales', 'not_null_orders', 'board']);
  });

  it('gives ids in graph order, however they were asked for', () => {
    expect(namesOf('gold_sales', 'silver_orders', 'source:raw')).toEqual([
      'orders',
      'silver_orders',
      'gold_sales',
      'not_null_orders',
    ]);
  });

  it('selects layers, alone, by pattern and with graph operators', () => {
    expect(namesOf('layer:gold')).toEqual(['gold_sales']);
    expect(namesOf('layer:g*')).toEqual(['gold_sales']);
    expect(namesOf('1+layer:gold')).toEqual(['silver_orders', 'gold_sales', 'not_null_orders']);
    expect(namesOf('layer:gold,layer:silver')).toEqual([]);
  });

  it('leaves nodes without SQL out, unless asked to keep them', () => {
    expect(run({ select: ['empty', 'countries'] }).names).toEqual(['countries']);
    expect(run({ select: ['empty'], includeEmptyNodes: true }).names).toEqual(['empty']);
  });

  it('filters by resource type after the graph operators were applied', () => {
    expect(run({ select: ['+board'], resourceTypes: ['model'] }).names).toEqual(['silver_orders', 'gold_sales']);
    expect(run({ select: ['+gold_sales'], excludeResourceTypes: ['test', 'source'] }).names).toEqual([
      'silver_orders',
      'gold_sales',
    ]);
  });

  it('reads paths from the working folder', () => {
    expect(run({ select: ['path:gold_sales.sql'], workingFolder: 'models' }).names).toEqual(['gold_sales']);
  });
});

describe('a criterion that matches nothing', () => {
  it.each([
    ['silver_order', "Did you mean 'silver_orders'?"],
    ['tag:nighty', "Did you mean 'nightly'?"],
    ['layer:sliver', "Did you mean 'silver'?"],
    ['path:models/gold_sale.sql', "Did you mean 'models/gold_sales.sql'?"],
    ['group:finanse', "Did you mean 'finance'?"],
    ['source:row', "Did you mean 'raw'?"],
    ['raw.orders', "Did you mean 'source:raw.orders'?"],
    ['orders', "Did you mean 'source:raw.orders'?"],
    ['+silver_order,tag:nightly', "Did you mean 'silver_orders'?"],
    ['nothing_like_it', undefined],
    ['', 'It is empty: a variable of a script may not be set'],
    ['zz*', undefined],
    ['layer:gold,layer:silver', undefined],
  ])('%s is warned of, with the hint %s', (criterion, hint) => {
    const { names, diagnostics } = run({ select: [criterion] });
    expect(names).toEqual([]);
    const message = `The selection criterion '${criterion}' does not match any enabled nodes`;
    expect(diagnostics).toEqual([{ code: 'graph/nothing-selected', severity: 'warning', message, hint }]);
  });

  it('does not keep the others from being selected', () => {
    const { names, diagnostics } = run({ select: ['nope', 'countries'] });
    expect(names).toEqual(['countries']);
    expect(diagnostics).toHaveLength(1);
  });
});

describe('a criterion that cannot be meant', () => {
  it.each([
    ['tags:x', 'graph/unknown-selection-method', "Did you mean 'tag'?"],
    ['selector:x', 'graph/unknown-selection-method', 'A YAML selector is chosen with --selector NAME'],
    ['resource_type:modle', 'graph/invalid-selection', "Did you mean 'model'?"],
    ['test_type:singulr', 'graph/invalid-selection', "Did you mean 'singular'?"],
    ['version:latst', 'graph/invalid-selection', "Did you mean 'latest'?"],
    ['@a+', 'graph/invalid-selection', "'@' already stands for children and their parents: leave out the '+'"],
  ])('%s is an error, and nothing is selected', (criterion, code, hint) => {
    const { names, diagnostics } = run({ select: ['countries', criterion] });
    expect(names).toEqual([]);
    expect(diagnostics).toMatchObject([{ code, severity: 'error', hint }]);
  });
});

describe('earlier results', () => {
  it('select by status, with operators', () => {
    const results = new Map([
      ['model.shop.silver_orders', 'error'],
      ['seed.shop.countries', 'success'],
      ['model.shop.gone', 'error'],
    ]);
    expect(run({ select: ['result:error+'], previous: { results } }).names).toEqual([
      'silver_orders',
      'gold_sales',
      'not_null_orders',
      'board',
    ]);
    expect(run({ select: ['result:success'], previous: { results } }).names).toEqual(['countries']);
  });

  it('select sources with newer data', () => {
    const id = 'source.shop.raw.orders';
    const fresher = (before: [string, string | null][], now: string | null) =>
      run({
        select: ['source_status:fresher'],
        previous: { sources: new Map(before), currentSources: new Map([[id, now]]) },
      }).names;
    expect(fresher([[id, '2024-01-01']], '2024-01-02')).toEqual(['orders']);
    expect(fresher([[id, '2024-01-02']], '2024-01-02')).toEqual([]);
    expect(fresher([], '2024-01-02')).toEqual(['orders']);
    expect(fresher([[id, null]], '2024-01-02')).toEqual([]);
  });

  it.each(['result:error', 'source_status:fresher', 'state:modified'])('%s without them is an error', (criterion) => {
    expect(run({ select: [criterion] }).diagnostics).toMatchObject([{ code: 'graph/no-state', severity: 'error' }]);
  });
});
