import { describe, expect, test } from 'vitest';
import { sourceRelation } from '../../../src/1-parse/index.ts';
import type { SourceNode } from '../../../src/core/index.ts';
import { type Files, type ParseOptions, parseFiles, told } from './project-on-disk.ts';

function sourceOf(yaml: string, options: ParseOptions = {}, files: Files = {}): SourceNode {
  const { sources, diagnostics } = parseFiles({ 'models/raw/s.yml': yaml, ...files }, options);
  expect(diagnostics).toEqual([]);
  const [first] = sources.values();
  if (first === undefined) throw new Error('no source');
  return first;
}

describe('sources', () => {
  test('have the names and defaults that dbt gives them', () => {
    expect(sourceOf('sources: [{name: raw, tables: [{name: orders, identifier: ORD}]}]')).toMatchObject({
      unique_id: 'source.shop.raw.orders',
      fqn: ['shop', 'raw', 'raw', 'orders'],
      database: 'db',
      schema: 'raw',
      identifier: 'ORD',
      source_name: 'raw',
      relation_name: '"db"."raw"."ORD"',
      loader: '',
      freshness: {
        warn_after: { count: null, period: null },
        error_after: { count: null, period: null },
        filter: null,
      },
      config: { enabled: true, loaded_at_field: null },
    });
  });

  test("are told the root project's name", () => {
    expect(sourceOf('sources: [{name: raw, schema: "raw_{{ project_name }}", tables: [{name: orders}]}]').schema).toBe(
      'raw_shop',
    );
  });

  test('names may be templates, and tests, ref and source go by what these give', () => {
    const yaml = `sources:
  - name: "{{ var('where') }}"
    tables: [{name: "{{ var('which') }}", columns: [{name: id, data_tests: [unique]}]}]
`;
    const files = { 'models/raw/s.yml': yaml, 'models/m.sql': "select * from {{ source('lake', 'orders') }}" };
    const { sources, nodes, diagnostics } = parseFiles(files, { vars: { where: 'lake', which: 'orders' } });
    expect(diagnostics).toEqual([]);
    expect([...sources.keys()]).toEqual(['source.shop.lake.orders']);
    expect(sources.get('source.shop.lake.orders')).toMatchObject({ schema: 'lake', identifier: 'orders' });
    const tested = [...nodes.values()].find(({ resource_type: kind }) => kind === 'test');
    expect(tested).toMatchObject({
      name: 'source_unique_lake_orders_id',
      sources: [['lake', 'orders']],
      test_metadata: { kwargs: { model: "{{ get_where_subquery(source('lake', 'orders')) }}" } },
    });
  });

  test('tables add to what their source says', () => {
    const source = sourceOf(
      `sources:
  - name: raw
    schema: "{{ var('where') }}"
    meta: {a: 1}
    tags: [s]
    loaded_at_field: at
    freshness: {warn_after: {count: 1, period: day}}
    config: {meta: {b: 1}, tags: [c]}
    tables:
      - name: orders
        meta: {a: 2}
        tags: [t]
        freshness: {error_after: {count: 2, period: day}}
        config: {event_time: x}
`,
      { vars: { where: 'lake' } },
    );
    expect(source).toMatchObject({
      schema: 'lake',
      unrendered_schema: "{{ var('where') }}",
      meta: { a: 2, b: 1 },
      source_meta: { a: 1, b: 1 },
      tags: ['c', 's', 't'],
      loaded_at_field: 'at',
      freshness: { warn_after: { count: 1, period: 'day' }, error_after: { count: 2, period: 'day' } },
      config: { event_time: 'x', meta: { a: 2, b: 1 } },
    });
  });

  test('a table can switch off what its source asks for', () => {
    const source = sourceOf(
      'sources: [{name: raw, loaded_at_field: at, freshness: {warn_after: {count: 1, period: day}}, tables: [{name: o, freshness: null, loaded_at_field: null}]}]',
    );
    expect([source.freshness, source.loaded_at_field]).toEqual([null, null]);
  });

  test('an external location takes the place of the name', () => {
    const relation = (location: string, more = ''): string | undefined => {
      const source = sourceOf(
        `sources: [{name: raw, config: {external_location: "${location}"${more}}, tables: [{name: orders}]}]`,
      );
      expect(source.relation_name).toBe(sourceRelation(source).expression);
      return sourceRelation(source).expression;
    };
    expect(relation('data/{name}.csv')).toBe("'data/orders.csv'");
    expect(relation("read_parquet('{schema}/{identifier}.parquet')")).toBe("read_parquet('raw/orders.parquet')");
    expect(relation('data/%(name)s.csv', ', formatter: oldstyle')).toBe("'data/orders.csv'");
    expect(relation('data/$name.csv', ', formatter: template')).toBe("'data/orders.csv'");
    const source = sourceOf(
      'sources: [{name: raw, meta: {external_location: x}, tables: [{name: o, meta: {external_location: y}}]}]',
    );
    expect(sourceRelation(source)).toEqual({
      database: 'db',
      schema: 'raw',
      identifier: 'o',
      type: 'external',
      expression: "'y'",
    });
  });

  test('quoting of source and table shows in the relation', () => {
    const source = sourceOf(
      'sources: [{name: raw, quoting: {schema: false}, tables: [{name: o, quoting: {identifier: false}}]}]',
    );
    expect(source.relation_name).toBe('"db".raw.o');
  });

  test('are tested like models', () => {
    const { nodes } = parseFiles({
      'models/s.yml':
        'sources: [{name: raw, tags: [s], tables: [{name: o, columns: [{name: id, tags: [c], tests: [not_null]}]}]}]',
    });
    expect([...nodes.values()]).toMatchObject([
      {
        name: 'source_not_null_raw_o_id',
        sources: [['raw', 'o']],
        refs: [],
        attached_node: null,
        file_key_name: 'sources.raw',
        tags: ['c', 's'],
      },
    ]);
  });

  test('the root project can override those of a package', () => {
    const files = {
      'models/over.yml': 'sources: [{name: raw, overrides: tools, schema: mine, tables: [{name: o, identifier: p}]}]',
      'dbt_packages/tools/dbt_project.yml': 'name: tools\n',
      'dbt_packages/tools/models/s.yml':
        'sources: [{name: raw, tables: [{name: o, columns: [{name: id, tests: [unique]}]}]}]',
    };
    const { sources, nodes, diagnostics } = parseFiles(files);
    expect(diagnostics).toEqual([]);
    expect([...sources.values()]).toMatchObject([
      { unique_id: 'source.tools.raw.o', schema: 'mine', identifier: 'p', patch_path: 'shop://models/over.yml' },
    ]);
    expect([...nodes.keys()]).toHaveLength(1);
  });

  test('two of one name, and contradictions, are errors', () => {
    const files = {
      'models/s.yml':
        'sources:\n  - name: raw\n    tables:\n      - name: o\n      - name: o\n      - {name: p, loaded_at_field: a, loaded_at_query: b}\n  - {name: x, overrides: nix}\n',
    };
    expect(told(parseFiles(files).diagnostics, files)).toEqual([
      "parse/unused-override models/s.yml:7:5 'nix.x' is overridden, but there is no such source",
      "parse/duplicate-source models/s.yml:5:9 The source table 'raw.o' is there twice",
      "parse/loaded-at models/s.yml:6:9 A table can have 'loaded_at_field' or 'loaded_at_query', not both",
    ]);
  });
});
