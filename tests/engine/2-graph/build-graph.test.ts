import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../../src/2-graph/index.ts';
import {
  exposure,
  model,
  operation,
  type ProjectParts,
  project,
  seed,
  snapshot,
  source,
  test,
  versionOf,
} from './project-builder.ts';

type Things = Parameters<typeof project>[0];

const build = (things: Things, parts?: ProjectParts) => buildGraph(project(things, parts));
const problems = (things: Things, parts?: ProjectParts) =>
  build(things, parts).diagnostics.map(({ code, severity, message, hint, span }) => ({
    code,
    severity,
    message,
    hint,
    span,
  }));
const dependsOn = (graph: ReturnType<typeof build>, id: string) => {
  const node = graph.nodes.get(id);
  return node === undefined || node.resource_type === 'source' ? undefined : node.depends_on.nodes;
};

describe('references', () => {
  it('become unique ids: sources first, then refs, each once, as in dbt', () => {
    const graph = build([
      source('raw', 'orders'),
      seed('countries'),
      snapshot('history'),
      model('a', { refs: ['history', 'countries', 'history'], sources: [['raw', 'orders']] }),
      test('check_a', ['a']),
      exposure('board', ['a'], { sources: [['raw', 'orders']] }),
      operation('hook', { refs: ['a'] }),
    ]);
    expect(graph.diagnostics).toEqual([]);
    expect(dependsOn(graph, 'model.shop.a')).toEqual([
      'source.shop.raw.orders',
      'snapshot.shop.history',
      'seed.shop.countries',
    ]);
    expect(dependsOn(graph, 'test.shop.check_a')).toEqual(['model.shop.a']);
    expect(dependsOn(graph, 'exposure.shop.board')).toEqual(['source.shop.raw.orders', 'model.shop.a']);
    expect(dependsOn(graph, 'operation.shop.hook')).toEqual(['model.shop.a']);
    expect(graph.children.get('model.shop.a')).toEqual([
      'test.shop.check_a',
      'operation.shop.hook',
      'exposure.shop.board',
    ]);
    expect(graph.parents.get('source.shop.raw.orders')).toEqual([]);
  });

  it('keep the macros that a node depends on', () => {
    const graph = build([model('a'), model('b', { refs: ['a'], depends_on: { nodes: [], macros: ['macro.shop.m'] } })]);
    expect(graph.nodes.get('model.shop.b')).toMatchObject({
      depends_on: { nodes: ['model.shop.a'], macros: ['macro.shop.m'] },
    });
  });

  it('to nothing are errors at the call, with what was probably meant', () => {
    expect(problems([model('customers'), model('b', { refs: ['costumers'] })])).toEqual([
      {
        code: 'graph/unknown-ref',
        severity: 'error',
        message: "Model 'model.shop.b' (models/b.sql) depends on a node named 'costumers' which was not found",
        hint: "Did you mean 'customers'?",
        span: { file: 'models/b.sql', start: 10, end: 15 },
      },
    ]);
    expect(problems([source('raw', 'orders'), model('b', { sources: [['raw', 'order']] })])).toMatchObject([
      {
        code: 'graph/unknown-source',
        severity: 'error',
        message: "Model 'model.shop.b' (models/b.sql) depends on a source named 'raw.order' which was not found",
        hint: "Did you mean 'raw.orders'?",
      },
    ]);
  });

  it('are all checked: one project reports every unknown name, and the rest of the graph stands', () => {
    const graph = build([model('a', { refs: ['x', 'b', 'y'] }), model('b', { sources: [['s', 't']] })]);
    expect(graph.diagnostics.map(({ code }) => code)).toEqual([
      'graph/unknown-ref',
      'graph/unknown-ref',
      'graph/unknown-source',
    ]);
    expect(dependsOn(graph, 'model.shop.a')).toEqual(['model.shop.b']);
  });

  it('name package and version in the error where the call named them', () => {
    const refs = [
      { name: 'a', package: 'other' },
      { name: 'a', version: 3 },
    ];
    expect(problems([model('a'), model('b', { refs })]).map(({ message }) => message)).toEqual([
      "Model 'model.shop.b' (models/b.sql) depends on a node named 'a' in package 'other' which was not found",
      "Model 'model.shop.b' (models/b.sql) depends on a node named 'a' with version '3' which was not found",
    ]);
  });

  it('of a model to a disabled model are errors', () => {
    const off = model('off');
    expect(problems([model('b', { refs: ['off'] })], { disabled: [off] })).toMatchObject([
      {
        code: 'graph/disabled-ref',
        severity: 'error',
        message: expect.stringContaining("named 'off' which is disabled"),
      },
    ]);
  });

  it('of a test to a disabled model drop the test without a word, as dbt does', () => {
    const graph = build([model('a'), test('check', ['off', 'a'])], { disabled: [model('off')] });
    expect(graph.diagnostics).toEqual([]);
    expect([...graph.nodes.keys()]).toEqual(['model.shop.a']);
    expect(graph.dropped.get('test.shop.check')).toMatchObject({
      config: { enabled: false },
      depends_on: { nodes: ['model.shop.a'] },
    });
    expect(graph.children.get('model.shop.a')).toEqual([]);
  });

  it('of a test to a disabled source or to nothing drop the test with a warning', () => {
    const disabled = [source('raw', 'off')];
    const things = [test('one', [], { sources: [['raw', 'off']] }), test('two', ['nothing'])];
    expect(build(things, { disabled }).order).toEqual([]);
    expect(problems(things, { disabled })).toMatchObject([
      { code: 'graph/disabled-source', severity: 'warning' },
      { code: 'graph/unknown-ref', severity: 'warning' },
    ]);
  });

  it('that two packages answer to are errors that say how to choose', () => {
    const things = [
      model('x', { package_name: 'one', unique_id: 'model.one.x', alias: 'x1' }),
      model('x', { package_name: 'two', unique_id: 'model.two.x', alias: 'x2' }),
      model('b', { refs: ['x'] }),
    ];
    expect(problems(things)).toMatchObject([
      { code: 'graph/ambiguous-ref', hint: "Name the package: ref('one', 'x')" },
    ]);
  });

  it('of a package into the project that uses it are warned of, unless the package is searched first', () => {
    const things = [
      model('a'),
      model('b', { package_name: 'tools', unique_id: 'model.tools.b', refs: ['a'] }),
      model('c', { package_name: 'tools', unique_id: 'model.tools.c', refs: [{ name: 'a', package: 'shop' }] }),
    ];
    expect(problems(things)).toMatchObject([{ code: 'graph/package-reads-project', severity: 'warning' }]);
    expect(problems(things, { flags: { require_ref_searches_node_package_before_root: true } })).toEqual([]);
  });
});

describe('a model with a deprecation date', () => {
  const noon = Date.parse('2026-06-01T12:00:00Z') / 1000;
  const reader = model('reader', { refs: ['old'], created_at: noon });
  const old = (date: string) => model('old', { deprecation_date: date });
  const codes = (things: Things) => problems(things).map(({ code }) => code);

  it('is warned of where it is read, before and after that date', () => {
    expect(codes([old('2026-05-31'), reader])).toEqual(['graph/deprecated-ref']);
    expect(codes([old('2026-06-30'), reader])).toEqual(['graph/soon-deprecated-ref']);
  });

  it('is read by tests and exposures without a warning, as in dbt', () => {
    expect(codes([old('2026-05-31'), test('t', ['old']), exposure('board', ['old'])])).toEqual([]);
  });
});

describe('access', () => {
  const secret = model('secret', { access: 'private', group: 'finance' });
  const codes = (things: Things, parts?: ProjectParts) => problems(things, parts).map(({ code }) => code);

  it('lets only the own group read a private model', () => {
    expect(codes([secret, model('b', { refs: ['secret'], group: 'finance' })])).toEqual([]);
    expect(codes([secret, model('b', { refs: ['secret'], group: 'ops' })])).toEqual(['graph/access']);
    expect(codes([secret, exposure('board', ['secret'])])).toEqual(['graph/access']);
    expect(problems([secret, model('b', { refs: ['secret'] })])[0]?.message).toBe(
      "Node model.shop.b attempted to reference node model.shop.secret, which is not allowed because the referenced node is private to the 'finance' group",
    );
  });

  it('counts a generic test to the group of its model', () => {
    expect(codes([secret, test('t', ['secret'], { attached_node: 'model.shop.secret' })])).toEqual([]);
    expect(codes([secret, test('t', ['secret'])])).toEqual(['graph/access']);
  });

  it('keeps protected models of a package with restrict-access to that package', () => {
    const inner = model('inner', { package_name: 'tools', unique_id: 'model.tools.inner' });
    const open = model('open', { package_name: 'tools', unique_id: 'model.tools.open', access: 'public' });
    const reader = model('b', { refs: ['inner', 'open'] });
    const packages = { tools: { raw: { 'restrict-access': true } } };
    expect(codes([inner, open, reader])).toEqual([]);
    expect(codes([inner, open, reader], { packages })).toEqual(['graph/access']);
  });
});

describe('layers', () => {
  const layers = { bronze: ['source', 'seed'], silver: ['bronze', 'silver'], gold: ['silver'] };
  const codes = (things: Things) => problems(things, { layers }).map(({ code }) => code);

  it('forbid a read that the rule does not list, and say who, whom, and the rule', () => {
    const things = [model('raw_a', { layer: 'bronze' }), model('mart', { layer: 'gold', refs: ['raw_a'] })];
    expect(problems(things, { layers })).toEqual([
      {
        code: 'graph/layer',
        severity: 'error',
        message: "Model 'mart' (layer 'gold') reads 'raw_a' (layer 'bronze'), but layer 'gold' may read only silver",
        hint: "Read it through an allowed layer, or add 'bronze' to layers.gold.reads in project.yml",
        span: { file: 'models/mart.sql', start: 10, end: 15 },
      },
    ]);
  });

  it('rule over sources and seeds too', () => {
    const raw = source('raw', 'a');
    expect(codes([raw, model('a', { layer: 'bronze', sources: [['raw', 'a']] })])).toEqual([]);
    expect(codes([raw, model('a', { layer: 'silver', sources: [['raw', 'a']] })])).toEqual(['graph/layer']);
    expect(codes([seed('s'), model('a', { layer: 'gold', refs: ['s'] })])).toEqual(['graph/layer']);
  });

  it('have to list themselves to be read from within', () => {
    const pair = (layer: string) => [model('a', { layer }), model('b', { layer, refs: ['a'] })];
    expect(codes(pair('silver'))).toEqual([]);
    expect(codes(pair('gold'))).toEqual(['graph/layer']);
  });

  it('say nothing about models without a layer and about tests', () => {
    expect(codes([model('a'), model('b', { layer: 'gold', refs: ['a'] })])).toEqual([]);
    expect(codes([model('a', { layer: 'gold' }), model('b', { refs: ['a'] }), test('t', ['a'])])).toEqual([]);
  });

  it('report one violation once, however often the model is read', () => {
    expect(codes([model('a', { layer: 'bronze' }), model('b', { layer: 'gold', refs: ['a', 'a'] })])).toEqual([
      'graph/layer',
    ]);
  });

  it('that nothing explains are errors with what was probably meant', () => {
    expect(problems([model('a', { layer: 'glod' })], { layers: { gold: ['sliver'] } })).toMatchObject([
      { code: 'graph/unknown-layer', hint: "Did you mean 'silver'?" },
      { code: 'graph/unknown-layer', hint: "Did you mean 'gold'?" },
    ]);
  });
});

describe('duplicates', () => {
  it('of a relation are errors that name both nodes', () => {
    const found = problems([model('a', { alias: 'same' }), model('b', { alias: 'same' })]);
    expect(found).toMatchObject([{ code: 'graph/duplicate-relation', severity: 'error' }]);
    expect(found[0]?.message).toContain('models/a.sql');
    expect(found[0]?.message).toContain('models/b.sql');
  });

  it('of a name across kinds are a warning, or an error where the flag asks for it', () => {
    const things = [model('a'), seed('a', { alias: 'a_seed' })];
    expect(problems(things)).toMatchObject([{ code: 'graph/duplicate-name', severity: 'warning' }]);
    const flags = { require_unique_project_resource_names: true };
    expect(problems(things, { flags })).toMatchObject([{ code: 'graph/duplicate-name', severity: 'error' }]);
  });

  it('are not the versions of one model, but a versioned beside an unversioned one', () => {
    expect(problems([versionOf('a', 1, 2), versionOf('a', 2, 2)])).toEqual([]);
    expect(problems([versionOf('a', 1, 1), seed('a')])).toMatchObject([
      { code: 'graph/duplicate-name', severity: 'error' },
    ]);
  });
});

describe('order', () => {
  it('puts every node behind all that it reads, whatever order the files came in', () => {
    const graph = build([
      model('c', { refs: ['b', 'a'] }),
      test('t', ['c']),
      model('b', { refs: ['a'] }),
      model('a', { sources: [['raw', 'x']] }),
      source('raw', 'x'),
    ]);
    expect(graph.order).toEqual(['source.shop.raw.x', 'model.shop.a', 'model.shop.b', 'model.shop.c', 'test.shop.t']);
  });

  it('takes time that grows with the project, not with its square', () => {
    const things = Array.from({ length: 10_000 }, (_, at) =>
      model(`m${at}`, { refs: at < 1000 ? [] : [`m${at - 1000}`, `m${at - 999}`] }),
    );
    const tests = Array.from({ length: 21_000 }, (_, at) => test(`t${at}`, [`m${at % 10_000}`]));
    const large = project([...things, ...tests]);
    const start = performance.now();
    const graph = buildGraph(large);
    expect(graph.order).toHaveLength(31_000);
    // A tenth of a second; the bound only has to tell linear from quadratic, on a busy machine too.
    expect(performance.now() - start).toBeLessThan(8000);
  });
});
