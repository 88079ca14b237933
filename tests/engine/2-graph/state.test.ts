import { describe, expect, it } from 'vitest';
import { buildGraph, select } from '../../../src/2-graph/index.ts';
import type { JsonObject, MacroNode } from '../../../src/core/index.ts';
import { exposure, model, project, seed, source, test } from './project-builder.ts';

type Things = Parameters<typeof project>[0];

const macro = (name: string, macro_sql: string, macros: string[] = []) =>
  [`macro.shop.${name}`, { macro_sql, depends_on: { macros } } as unknown as MacroNode] as const;

function manifestOf(things: Things, macros: ReadonlyMap<string, MacroNode> = new Map()) {
  const { nodes } = buildGraph(project(things));
  const ofType = (...types: string[]) =>
    Object.fromEntries([...nodes].filter(([, node]) => types.includes(node.resource_type))) as unknown as JsonObject;
  return {
    nodes: ofType('model', 'seed', 'test', 'snapshot'),
    sources: ofType('source'),
    exposures: ofType('exposure'),
    macros: JSON.parse(JSON.stringify(Object.fromEntries(macros))) as JsonObject,
  };
}

function modified(
  before: Things,
  now: Things,
  criterion = 'state:modified',
  macros = { before: new Map(), now: new Map() },
) {
  const graph = buildGraph(project(now, { macros: macros.now }));
  const previous = { manifest: manifestOf(before, macros.before) };
  const { ids } = select(graph, { select: [criterion], exclude: [], indirectSelection: 'empty', previous });
  return ids;
}

describe('state:modified', () => {
  it.each([
    ['code', { raw_code: 'select 2' }],
    ['settings', { unrendered_config: { materialized: 'table' } }],
    ['place in the project', { fqn: ['shop', 'moved', 'a'] }],
    ['relation', { unrendered_config: { alias: 'b' } }],
    ['access', { access: 'public' as const }],
    ['contract', { contract: { enforced: true, alias_types: true, checksum: 'x' } }],
  ])('sees changed %s of a model', (_, change) => {
    expect(modified([model('a')], [model('a', change)])).toEqual(['model.shop.a']);
  });

  it.each([
    ['description', { description: 'new' }],
    ['tags', { tags: ['new'], unrendered_config: { tags: ['new'] } }],
    ['group', { unrendered_config: { group: 'finance' } }],
    ['schema of another target', { schema: 'prod' }],
  ])('does not mind another %s', (_, change) => {
    expect(modified([model('a')], [model('a', change)])).toEqual([]);
  });

  it('minds a description that is written into the warehouse', () => {
    const config = { enabled: true, materialized: 'view', tags: [], meta: {}, persist_docs: { relation: true } };
    expect(modified([model('a', { config })], [model('a', { config, description: 'new' })])).toEqual(['model.shop.a']);
  });

  it('counts new models, but not new sources and exposures, as dbt does', () => {
    expect(modified([], [model('a'), source('raw', 'x'), exposure('board', [])])).toEqual(['model.shop.a']);
  });

  it('compares seeds by content, sources by place, exposures by what they say', () => {
    expect(modified([seed('s')], [seed('s', { checksum: { name: 'sha256', checksum: 'other' } })])).toEqual([
      'seed.shop.s',
    ]);
    expect(modified([source('raw', 'x')], [source('raw', 'x', { schema: 'other' })])).toEqual(['source.shop.raw.x']);
    expect(modified([exposure('e', [])], [exposure('e', [], { owner: { name: 'me' } })])).toEqual(['exposure.shop.e']);
  });

  it('compares generic tests by their settings only, singular ones by their SQL too', () => {
    const test_metadata = { name: 'unique', kwargs: {}, namespace: null };
    const generic = (change: object) => [test('t', [], { test_metadata, ...change })];
    expect(modified(generic({}), generic({ raw_code: 'select 2' }))).toEqual([]);
    expect(modified(generic({}), generic({ unrendered_config: { severity: 'warn' } }))).toEqual(['test.shop.t']);
    expect(modified([test('t', [])], [test('t', [], { raw_code: 'select 2' })])).toEqual(['test.shop.t']);
  });

  it('follows macros through macros', () => {
    const things = [model('a', { depends_on: { nodes: [], macros: ['macro.shop.outer'] } }), model('b')];
    const macros = (inner: string) =>
      new Map([macro('outer', 'x', ['macro.shop.inner']), macro('inner', inner, ['macro.shop.outer'])]);
    const changed = { before: macros('1'), now: macros('2') };
    expect(modified(things, things, 'state:modified', changed)).toEqual(['model.shop.a']);
    expect(modified(things, things, 'state:modified.macros', changed)).toEqual(['model.shop.a']);
    expect(modified(things, things, 'state:modified', { before: macros('1'), now: macros('1') })).toEqual([]);
  });

  it('does not miss the built-in macros of a manifest that dbt wrote', () => {
    const things = [model('a', { depends_on: { nodes: [], macros: ['macro.dbt.is_incremental'] } })];
    const builtIn = new Map([['macro.dbt.is_incremental', macro('x', 'y')[1]]]);
    expect(modified(things, things, 'state:modified', { before: builtIn, now: new Map() })).toEqual([]);
  });
});

describe('the other states', () => {
  const before = [model('a'), model('b'), model('gone')];
  const now = [model('a', { raw_code: 'select 2' }), model('b'), model('c', { refs: ['a'] })];

  it.each([
    ['state:new', ['c']],
    ['state:old', ['a', 'b']],
    ['state:unmodified', ['b']],
    ['state:modified.body', ['a', 'c']],
    ['state:modified.configs', ['c']],
    ['1+state:new', ['a', 'c']],
  ])('%s', (criterion, names) => {
    expect(modified(before, now, criterion)).toEqual(names.map((name) => `model.shop.${name}`));
  });

  it('that do not exist are errors', () => {
    const selection = select(buildGraph(project(now)), {
      select: ['state:modifed'],
      exclude: [],
      indirectSelection: 'eager',
      previous: { manifest: manifestOf(before) },
    });
    expect(selection.diagnostics).toMatchObject([{ severity: 'error', hint: "Did you mean 'modified'?" }]);
  });
});
