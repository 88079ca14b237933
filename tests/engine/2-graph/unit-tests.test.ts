import { describe, expect, it } from 'vitest';
import type { Project } from '../../../src/1-parse/index.ts';
import { buildGraph, type SelectionRequest, select } from '../../../src/2-graph/index.ts';
import type { ModelNode, UnitTestNode } from '../../../src/core/index.ts';
import { model, project, seed, source, versionOf } from './project-builder.ts';

function unitTest(name: string, of: string, overrides: Partial<UnitTestNode> = {}): UnitTestNode {
  const definition = { file: 'models/tests.yml', start: 0, end: 1 };
  return {
    resource_type: 'unit_test',
    unique_id: `unit_test.shop.${of}.${name}`,
    name,
    model: of,
    package_name: 'shop',
    path: 'tests.yml',
    original_file_path: 'models/tests.yml',
    fqn: ['shop', of, name],
    description: '',
    given: [],
    expect: { rows: [], format: 'dict', fixture: null },
    overrides: null,
    versions: null,
    version: null,
    depends_on: { macros: [], nodes: [] },
    config: { enabled: true, materialized: '', tags: [], meta: {} },
    unrendered_config: {},
    tags: [],
    meta: {},
    checksum: name,
    schema: null,
    created_at: 0,
    origin: { definition },
    ...overrides,
  };
}

function graphOf(models: readonly ModelNode[], tests: readonly UnitTestNode[], parts: Partial<Project> = {}) {
  const base = project([...models, seed('countries'), source('raw', 'orders')]);
  return buildGraph({ ...base, unit_tests: new Map(tests.map((test) => [test.unique_id, test])), ...parts });
}

const is_incremental = (value: boolean): UnitTestNode['overrides'] => ({
  macros: { is_incremental: value },
  vars: {},
  env_vars: {},
});

describe('what a unit test tests', () => {
  it('is a model of its own package, whose schema it has', () => {
    const graph = graphOf([model('totals', { schema: 'gold' })], [unitTest('adds_up', 'totals')]);
    expect(graph.diagnostics).toEqual([]);
    expect(graph.nodes.get('unit_test.shop.totals.adds_up')).toMatchObject({
      depends_on: { nodes: ['model.shop.totals'] },
      schema: 'gold',
    });
    expect(graph.children.get('model.shop.totals')).toEqual(['unit_test.shop.totals.adds_up']);
  });

  it('is every version of a model, or those that it asks for', () => {
    const versions = [1, 2, 3].map((version) => versionOf('totals', version, 3));
    const tested = (chosen: UnitTestNode['versions']) => {
      const { nodes, diagnostics } = graphOf(versions, [unitTest('t', 'totals', { versions: chosen })]);
      const tests = [...nodes.values()].filter((node) => node.resource_type === 'unit_test');
      return [
        ...tests.map((node) => `${node.unique_id} ${node.version} ${node.depends_on.nodes}`),
        ...diagnostics.map(({ message }) => message),
      ];
    };
    const of = (version: number): string =>
      `unit_test.shop.totals.t_v${version} ${version} model.shop.totals.v${version}`;
    expect(tested(null)).toEqual([of(1), of(2), of(3)]);
    expect(tested({ include: [1, '3'], exclude: null })).toEqual([of(1), of(3)]);
    expect(tested({ include: null, exclude: [2] })).toEqual([of(1), of(3)]);
    expect(tested({ include: [7], exclude: null })).toEqual([
      "The unit test 't' asks for versions of 'totals' that it does not have",
    ]);
  });

  it('must have versions if the test asks for them', () => {
    const versions = { include: [1], exclude: null };
    const { diagnostics } = graphOf([model('totals')], [unitTest('t', 'totals', { versions })]);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['graph/unit-test-versions', "The unit test 't' asks for versions of 'totals', which has none"],
    ]);
  });

  it('is named where it is not there, and must be a model', () => {
    const { diagnostics } = graphOf([model('totals')], [unitTest('a', 'totlas'), unitTest('b', 'countries')]);
    expect(diagnostics.map(({ code, message, hint }) => [code, message, hint])).toEqual([
      [
        'graph/unit-test-model',
        "The unit test 'a' tests 'totlas', which is no model of 'shop'",
        "Did you mean 'totals'?",
      ],
      ['graph/unit-test-model', "The unit test 'b' tests 'countries', which is no model of 'shop'", undefined],
    ]);
  });

  it('takes its test with it when it is disabled', () => {
    const off = model('totals', { config: { enabled: false, materialized: 'view', tags: [], meta: {} } });
    const graph = graphOf([], [unitTest('t', 'totals')], { disabled: new Map([[off.unique_id, [off]]]) });
    expect(graph.diagnostics).toEqual([]);
    expect([...graph.dropped.keys()]).toEqual(['unit_test.shop.totals.t']);
    expect(graph.dropped.get('unit_test.shop.totals.t')?.config.enabled).toBe(false);
    expect(graph.nodes.has('unit_test.shop.totals.t')).toBe(false);
  });
});

describe('a unit test of a model that asks whether it is incremental', () => {
  const code = '{% if is_incremental() %}where true{% endif %}';
  const messages = (raw_code: string, overrides: Partial<UnitTestNode>) =>
    graphOf([model('totals', { raw_code })], [unitTest('t', 'totals', overrides)]).diagnostics.map(
      ({ message }) => message,
    );

  it('has to say so', () => {
    const wanted = ["The unit test 't' has to say whether 'totals' runs incrementally"];
    expect(messages(code, {})).toEqual(wanted);
    expect(messages('{% if dbt.is_incremental() %}x{% endif %}', {})).toEqual(wanted);
    expect(messages(code, { overrides: is_incremental(false) })).toEqual([]);
  });

  it('has to give the rows of the table that is there', () => {
    const overrides = is_incremental(true);
    expect(messages(code, { overrides })).toEqual([
      "The unit test 't' runs 'totals' incrementally, but gives no rows of the model's own table",
    ]);
    const own = { input: 'this', rows: [], format: 'dict', fixture: null } as const;
    expect(messages(code, { overrides, given: [own] })).toEqual([]);
  });

  it('is one only if it does ask', () => {
    expect(messages('-- is_incremental() is not used', {})).toEqual([]);
    expect(messages('{# is_incremental() #}', {})).toEqual([]);
  });
});

describe('the selection of unit tests', () => {
  const graph = graphOf(
    [model('totals', { tags: ['gold'] }), model('orders'), versionOf('prices', 1, 2), versionOf('prices', 2, 2)],
    [unitTest('adds_up', 'totals', { tags: ['nightly'] }), unitTest('same', 'orders'), unitTest('same', 'prices')],
  );
  const selected = (criteria: readonly string[], request: Partial<SelectionRequest> = {}): string[] => {
    const { ids } = select(graph, { select: criteria, exclude: [], indirectSelection: 'eager', ...request });
    return ids.filter((id) => id.startsWith('unit_test.')).map((id) => id.replace('unit_test.shop.', ''));
  };

  it('goes by name, tag, type and the model that is tested', () => {
    expect(selected(['adds_up'])).toEqual(['totals.adds_up']);
    expect(selected(['tag:nightly'])).toEqual(['totals.adds_up']);
    expect(selected(['test_type:unit']).length).toBe(4);
    expect(selected(['resource_type:unit_test']).length).toBe(4);
    expect(selected(['test_type:data'])).toEqual([]);
    expect(selected(['test_name:same'])).toEqual(['orders.same', 'prices.same_v1', 'prices.same_v2']);
    expect(selected(['totals'])).toEqual(['totals.adds_up']);
    expect(selected(['orders,test_name:same'])).toEqual(['orders.same']);
    expect(selected(['path:models/tests.yml']).length).toBe(4);
  });

  it('does not go by settings, as in dbt: there they come along with their model only', () => {
    expect(selected(['config.enabled:true']).length).toBe(4);
    expect(selected(['config.enabled:true'], { indirectSelection: 'empty' })).toEqual([]);
  });

  it('goes by the name that `ls` prints for a version', () => {
    expect(selected(['unit_test:shop.same_v2'])).toEqual(['prices.same_v2']);
    expect(selected(['unit_test:same'])).toEqual(['orders.same', 'prices.same_v1', 'prices.same_v2']);
  });

  it('comes with the model, unless nothing is to come along', () => {
    expect(selected(['tag:gold'], { indirectSelection: 'cautious' })).toEqual(['totals.adds_up']);
    expect(selected(['tag:gold'], { indirectSelection: 'empty' })).toEqual([]);
  });

  it('finds those that are other than before, and new ones', () => {
    const before = { checksum: 'same', unique_id: '', resource_type: 'unit_test' };
    const unit_tests = {
      'unit_test.shop.orders.same': before,
      'unit_test.shop.prices.same_v1': { ...before, checksum: 'x' },
    };
    const models = Object.fromEntries(
      [...graph.project.nodes].map(([id, node]) => [id, JSON.parse(JSON.stringify(node))]),
    );
    const manifest = { nodes: models, sources: {}, exposures: {}, macros: {}, unit_tests };
    const request = { previous: { manifest } };
    expect(selected(['state:modified'], request)).toEqual(['totals.adds_up', 'prices.same_v1', 'prices.same_v2']);
    expect(selected(['state:new'], request)).toEqual(['totals.adds_up', 'prices.same_v2']);
    expect(selected(['state:modified.body'], request)).toEqual([]);
  });
});
