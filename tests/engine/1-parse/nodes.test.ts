import { describe, expect, test } from 'vitest';
import type { ModelNode, SnapshotNode } from '../../../src/core/index.ts';
import { parseFiles } from './project-on-disk.ts';

describe('what files become', () => {
  test('a model has the names, paths and checksum that dbt gives it', () => {
    const { nodes, diagnostics } = parseFiles({ 'models/staging/orders.sql': '\nselect 1 as id\n' });
    expect(diagnostics).toEqual([]);
    expect(nodes.get('model.shop.orders')).toMatchObject({
      name: 'orders',
      path: 'staging/orders.sql',
      original_file_path: 'models/staging/orders.sql',
      fqn: ['shop', 'staging', 'orders'],
      database: 'db',
      schema: 'main',
      alias: 'orders',
      relation_name: '"db"."main"."orders"',
      raw_code: 'select 1 as id',
      checksum: { name: 'sha256', checksum: '3ea0f972fa1b56aa2dc2f56ee784b6a5796312f9a813d59ae70fd8855f10d16d' },
      refs: [],
      access: 'protected',
      version: null,
      primary_key: [],
    });
    // Positions count in the file, where a blank line comes first.
    expect(nodes.get('model.shop.orders')?.origin.definition).toEqual({
      file: 'models/staging/orders.sql',
      start: 1,
      end: 15,
    });
  });

  test('literal and rendered templates give the same refs, sources and settings, with their places', () => {
    const calls =
      "{{ config(tags=['x'], meta={'k': 1}) }} {{ ref('a') }} {{ ref('other', 'b', v=2) }} {{ source('raw', 't') }}";
    const { nodes } = parseFiles({
      'models/literal.sql': calls,
      'models/rendered.sql': `${calls}{% if true %}{% endif %}`,
    });
    for (const name of ['literal', 'rendered']) {
      expect(nodes.get(`model.shop.${name}`)).toMatchObject({
        refs: [
          { name: 'a', package: null, version: null },
          { name: 'b', package: 'other', version: 2 },
        ],
        sources: [['raw', 't']],
        tags: ['x'],
        meta: { k: 1 },
        origin: {
          refs: [
            { start: 43, end: 51 },
            { start: 58, end: 80 },
          ],
          sources: [{ start: 87, end: 105 }],
        },
      });
    }
  });

  test('the branch that is taken while parsing is the one that counts', () => {
    const { nodes } = parseFiles({
      'models/m.sql':
        "{% if is_incremental() %}{{ ref('a') }}{% else %}{{ ref('b') }}{% endif %}{% if execute %}{{ ref('c') }}{% endif %}",
    });
    expect(nodes.get('model.shop.m')?.refs.map(({ name }) => name)).toEqual(['b']);
  });

  test('seeds, singular tests, analyses and hooks are nodes', () => {
    const { nodes } = parseFiles({
      'dbt_project.yml':
        "name: shop\nprofile: shop\non-run-start: \"select '{{ ref('m') }}'\"\non-run-end: [select 2]\n",
      'models/m.sql': 'select 1',
      'seeds/countries.csv': 'id,name\n1,x\n',
      'tests/no_orders.sql': "select * from {{ ref('m') }}",
      'analyses/deep/look.sql': 'select 1',
    });
    expect([...nodes.keys()].sort()).toEqual([
      'analysis.shop.look',
      'model.shop.m',
      'operation.shop.shop-on-run-end-0',
      'operation.shop.shop-on-run-start-0',
      'seed.shop.countries',
      'test.shop.no_orders',
    ]);
    expect(nodes.get('analysis.shop.look')).toMatchObject({
      path: 'analysis/deep/look.sql',
      fqn: ['shop', 'analysis', 'deep', 'look'],
    });
    expect(nodes.get('operation.shop.shop-on-run-start-0')).toMatchObject({
      tags: ['on-run-start'],
      index: 0,
      refs: [{ name: 'm' }],
      relation_name: null,
      origin: { definition: { start: 39, end: 64 } },
    });
    expect(nodes.get('test.shop.no_orders')).toMatchObject({ schema: 'main_dbt_test__audit', relation_name: null });
    expect(nodes.get('seed.shop.countries')?.checksum.name).toBe('sha256');
  });

  test('snapshots are written in SQL blocks or in YAML', () => {
    const { nodes } = parseFiles({
      'models/m.sql': 'select 1',
      'snapshots/all.sql':
        "{% snapshot one %}\n{{ config(unique_key='id', strategy='check', check_cols='all', target_schema='kept') }}\nselect * from {{ ref('m') }}\n{% endsnapshot %}",
      'snapshots/more.yml':
        "snapshots: [{name: two, relation: ref('m'), config: {unique_key: id, strategy: timestamp, updated_at: t}}]",
    });
    const one = nodes.get('snapshot.shop.one') as SnapshotNode;
    expect(one).toMatchObject({ fqn: ['shop', 'all', 'one'], schema: 'kept', refs: [{ name: 'm' }] });
    expect(one.raw_code).toBe(
      "\n{{ config(unique_key='id', strategy='check', check_cols='all', target_schema='kept') }}\nselect * from {{ ref('m') }}\n",
    );
    expect(nodes.get('snapshot.shop.two')).toMatchObject({
      fqn: ['shop', 'two'],
      path: 'more.yml/two.sql',
      raw_code: "select * from {{ ref('m') }}",
      refs: [{ name: 'm' }],
    });
  });

  test('a file in .dbtignore is left out', () => {
    const { nodes } = parseFiles({
      '.dbtignore': 'old/\n*_wip.sql\n',
      'models/a.sql': '',
      'models/b_wip.sql': '',
      'models/old/c.sql': '',
    });
    expect([...nodes.keys()]).toEqual(['model.shop.a']);
  });

  test('the layer is that of the folder, or of the settings', () => {
    const { nodes } = parseFiles({
      'models/silver/a.sql': 'select 1',
      'models/b.sql': "{{ config(layer='gold') }} select 1",
      'models/c.sql': 'select 1',
    });
    const layers = ['a', 'b', 'c'].map((name) => (nodes.get(`model.shop.${name}`) as ModelNode).layer);
    expect(layers).toEqual(['silver', 'gold', null]);
  });

  test('a disabled model is kept aside, and its name is free for another', () => {
    const { nodes, disabled, diagnostics } = parseFiles({
      'models/old/a.sql': '{{ config(enabled=false) }} select 1',
      'models/a.sql': 'select 2',
    });
    expect(diagnostics).toEqual([]);
    expect(nodes.get('model.shop.a')?.raw_code).toBe('select 2');
    expect(disabled.get('model.shop.a')?.map((node) => node.original_file_path)).toEqual(['models/old/a.sql']);
  });

  test('a copy of a node has its code and columns, too', () => {
    const { nodes } = parseFiles({
      'models/a.sql': 'select 1',
      'models/a.yml': 'models: [{name: a, columns: [{name: id, description: key}]}]',
    });
    const node = nodes.get('model.shop.a') as ModelNode;
    expect({ ...node }.raw_code).toBe('select 1');
    expect({ ...node }.columns.id?.description).toBe('key');
    expect(JSON.parse(JSON.stringify(node)).raw_code).toBe('select 1');
  });
});
