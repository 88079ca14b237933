import { chmodSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../../src/2-graph/index.ts';
import { readManifest, writeManifest } from '../../../src/6-record/index.ts';
import { type JsonObject, type MacroNode, Problem } from '../../../src/core/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { environment, exposure, genericTest, graphOf, model, seed, source } from './graph.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

const shop = graphOf(
  source('t'),
  seed('raw'),
  model('stg', ['seed.shop.raw', 'source.shop.src.t']),
  genericTest('unique_stg_id', 'model.shop.stg'),
  model('fct', ['model.shop.stg']),
  exposure('dash', ['model.shop.fct']),
);

interface Manifest {
  readonly metadata: JsonObject;
  readonly nodes: Readonly<Record<string, JsonObject>>;
  readonly sources: Readonly<Record<string, JsonObject>>;
  readonly macros: Readonly<Record<string, JsonObject>>;
  readonly exposures: Readonly<Record<string, JsonObject>>;
  readonly disabled: Readonly<Record<string, readonly JsonObject[]>>;
  readonly selectors: JsonObject;
  readonly parent_map: Readonly<Record<string, readonly string[]>>;
  readonly child_map: Readonly<Record<string, readonly string[]>>;
  readonly group_map: JsonObject;
}

function manifestOf(graph: Graph, compiled = new Map<string, { sql: string }>()): Manifest {
  const path = join(folder, 'manifest.json');
  writeManifest({ graph, environment, compiled, path });
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

describe('manifest.json', () => {
  test("has dbt's sections in dbt's order", () => {
    expect(Object.keys(manifestOf(shop))).toEqual([
      ...['metadata', 'nodes', 'sources', 'macros', 'docs', 'exposures', 'metrics', 'groups', 'selectors', 'disabled'],
      ...['parent_map', 'child_map', 'group_map', 'saved_queries', 'semantic_models', 'unit_tests', 'functions'],
    ]);
  });

  test('says which project, target and call it is of', () => {
    expect(manifestOf(shop).metadata).toMatchObject({
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
      invocation_id: environment.invocationId,
      invocation_started_at: '2025-01-02T03:04:05.678000Z',
      project_name: 'shop',
      project_id: 'fb54f3c5992b96d001bb16e8e92d968d',
      adapter_type: 'duckdb',
      quoting: { database: true, schema: true, identifier: true, column: null },
    });
  });

  test("keeps what is Ingot's own to itself", () => {
    const { nodes, sources, exposures } = manifestOf(shop);
    for (const entry of [...Object.values(nodes), ...Object.values(sources), ...Object.values(exposures)]) {
      expect(Object.keys(entry)).not.toContain('origin');
      expect(Object.keys(entry)).not.toContain('layer');
    }
  });

  test('has compiled SQL of nodes that were compiled, and no trace of it in others', () => {
    const { nodes } = manifestOf(shop, new Map([['model.shop.stg', { sql: 'select 2' }]]));
    expect(nodes['model.shop.stg']).toMatchObject({
      compiled: true,
      compiled_code: 'select 2',
      extra_ctes_injected: true,
      extra_ctes: [],
    });
    expect(nodes['model.shop.fct']).not.toHaveProperty('compiled_code');
    expect(nodes['model.shop.fct']).not.toHaveProperty('compiled');
  });

  test("gives a seed's dependencies on macros only, and the fields of generic tests to them alone", () => {
    const { nodes } = manifestOf(shop);
    expect(nodes['seed.shop.raw']?.depends_on).toEqual({ macros: [] });
    expect(nodes['seed.shop.raw']).not.toHaveProperty('language');
    expect(nodes['test.shop.unique_stg_id.1']).toMatchObject({ column_name: 'id', attached_node: 'model.shop.stg' });
    const singular = { ...genericTest('sing', 'model.shop.stg'), test_metadata: null };
    expect(manifestOf(graphOf(singular)).nodes['test.shop.sing.1']).not.toHaveProperty('test_metadata');
  });

  test('maps every node to its neighbours, sorted', () => {
    const { parent_map, child_map } = manifestOf(shop);
    expect(parent_map['model.shop.stg']).toEqual(['seed.shop.raw', 'source.shop.src.t']);
    expect(child_map['model.shop.stg']).toEqual(['model.shop.fct', 'test.shop.unique_stg_id.1']);
    expect(child_map['exposure.shop.dash']).toEqual([]);
    expect(Object.keys(parent_map)).toHaveLength(6);
  });

  test('lists disabled nodes, the members of groups and macros', () => {
    const macro = {
      resource_type: 'macro',
      unique_id: 'macro.shop.m',
      name: 'm',
      macro_sql: '{% macro m() %}{% endmacro %}',
      span: { file: 'macros/m.sql', start: 0, end: 5 },
    } as MacroNode;
    const graph = graphOf(model('a', [], { group: 'finance' }));
    const project = {
      ...graph.project,
      disabled: new Map([['model.shop.off', [model('off')]]]),
      groups: new Map([
        ['group.shop.finance', { resource_type: 'group', name: 'finance', unique_id: 'group.shop.finance' }],
      ]),
      macros: new Map([['macro.shop.m', macro]]),
    } as unknown as Graph['project'];
    const manifest = manifestOf({ ...graph, project });
    expect(manifest.disabled['model.shop.off']?.[0]).toMatchObject({ name: 'off' });
    expect(manifest.group_map).toEqual({ finance: ['model.shop.a'] });
    expect(manifest.macros['macro.shop.m']).not.toHaveProperty('span');
  });

  test('spells selectors out', () => {
    const selector = (name: string, definition: unknown) => [name, { name, description: null, definition }] as const;
    const project = {
      ...shop.project,
      selectors: new Map([
        selector('one', 'tag:nightly'),
        selector('two', { union: ['+stg+2', { method: 'selector', value: 'one' }, { exclude: ['models/x'] }] }),
      ]),
    } as unknown as Graph['project'];
    expect(manifestOf({ ...shop, project }).selectors).toEqual({
      one: { name: 'one', definition: { method: 'tag', value: 'nightly' } },
      two: {
        name: 'two',
        definition: {
          union: [
            { method: 'fqn', value: 'stg', parents: true, children: true, children_depth: '2' },
            { method: 'tag', value: 'nightly' },
            { exclude: [{ method: 'path', value: 'models/x' }] },
          ],
        },
      },
    });
  });
});

describe('writing the manifest', () => {
  test('makes the folder and leaves nothing else behind', () => {
    const path = join(folder, 'target', 'manifest.json');
    writeManifest({ graph: shop, environment, compiled: new Map(), path });
    expect(readdirSync(join(folder, 'target'))).toEqual(['manifest.json']);
    expect(readManifest(path)?.nodes['model.shop.stg']).toMatchObject({
      resource_type: 'model',
      checksum: { checksum: 'abc' },
      relation_name: '"dev"."main"."stg"',
    });
  });

  test('is left out when nothing has changed but times and ids, which are renewed', () => {
    const path = join(folder, 'manifest.json');
    const write = (change: Partial<Parameters<typeof writeManifest>[0]> = {}): number => {
      writeManifest({ graph: shop, environment, compiled: new Map(), path, fingerprint: 'f1', ...change });
      return statSync(path).ino;
    };
    const first = write();
    const invocationId = '00000000-0000-4000-8000-000000000000';
    expect(write({ environment: { ...environment, invocationId } })).toBe(first);
    expect(readManifest(path)?.invocationId).toBe(invocationId);
    expect(Object.keys(readManifest(path)?.nodes ?? {})).toHaveLength(4);
    const compiled = new Map([['model.shop.stg', { sql: 'select 1' }]]);
    expect(write({ compiled })).not.toBe(first);
    expect(readFileSync(path, 'utf8')).toContain('"compiled_code":"select 1"');
    const second = statSync(path).ino;
    expect(write({ compiled, fingerprint: 'f2' })).not.toBe(second);
    const third = statSync(path).ino;
    const target = { ...environment.target, type: 'another' };
    expect(write({ compiled, fingerprint: 'f2', environment: { ...environment, target } })).not.toBe(third);
  });

  test('is written anew when somebody has changed the file, wherever in it', () => {
    const path = join(folder, 'manifest.json');
    const write = (): void => writeManifest({ graph: shop, environment, compiled: new Map(), path, fingerprint: 'f' });
    write();
    const right = readFileSync(path, 'utf8');
    writeFileSync(path, right.replace('"checksum":"abc"', '"checksum":"xyz"'));
    utimesSync(path, new Date(), new Date(Date.now() + 60_000));
    write();
    expect(readManifest(path)?.nodes['model.shop.stg']).toMatchObject({ checksum: { checksum: 'abc' } });
  });

  test.runIf(process.getuid?.() === 0)(
    "is written anew where the file is somebody else's, who lets us write it",
    () => {
      const path = join(folder, 'manifest.json');
      const write = (): void =>
        writeManifest({ graph: shop, environment, compiled: new Map(), path, fingerprint: 'f' });
      write();
      chmodSync(path, 0o666);
      chmodSync(folder, 0o777);
      chmodSync(dirname(folder), 0o711);
      process.seteuid?.(65534);
      try {
        write();
        write();
      } finally {
        process.seteuid?.(0);
      }
      expect(statSync(path).uid).toBe(65534);
      expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'manifest.json.places']);
    },
  );

  test('keeps the old file when it fails half-way', () => {
    const path = join(folder, 'manifest.json');
    writeFileSync(path, 'old');
    const broken = model('broken', [], { meta: { circle: 1n as unknown as number } });
    expect(() => writeManifest({ graph: graphOf(broken), environment, compiled: new Map(), path })).toThrow('BigInt');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['manifest.json']);
  });

  test('says why it cannot be done', () => {
    writeFileSync(join(folder, 'taken'), '');
    const path = join(folder, 'taken', 'manifest.json');
    const write = (): void => writeManifest({ graph: shop, environment, compiled: new Map(), path });
    expect(write).toThrow(Problem);
    expect(write).toThrow(`${path} cannot be written: a part of the path is a file, not a folder`);
  });

  test('takes little time and memory for thousands of models', () => {
    const columns = Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [`column_${i}`, { name: `column_${i}`, description: 'x'.repeat(100) }]),
    ) as never;
    const nodes = Array.from({ length: 3000 }, (_, i) => model(`m${i}`, [], { columns, raw_code: 'y'.repeat(2000) }));
    const graph = graphOf(...nodes);
    const path = join(folder, 'manifest.json');
    const began = performance.now();
    writeManifest({ graph, environment, compiled: new Map(), path });
    expect(statSync(path).size).toBeGreaterThan(10_000_000);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('reading artifacts back', () => {
  test('gives nothing where there is no file', () => {
    expect(readManifest(join(folder, 'manifest.json'))).toBeUndefined();
  });

  test.each([
    ['not json', 'is not valid JSON'],
    ['{"nodes": {}}', 'is no artifact that Ingot can read: metadata'],
  ])('refuses %j with its path', (text, message) => {
    const path = join(folder, 'manifest.json');
    writeFileSync(path, text);
    expect(() => readManifest(path)).toThrow(message);
    expect(() => readManifest(path)).toThrow(path);
  });
});
