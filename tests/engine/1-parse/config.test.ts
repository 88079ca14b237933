import { describe, expect, test } from 'vitest';
import type { Node } from '../../../src/core/index.ts';
import { type Files, parseFiles, told } from './project-on-disk.ts';

const project = `name: shop
profile: shop
models:
  +tags: all
  +meta: {team: data, level: 1}
  +post-hook: select 1
  shop:
    +grants: {select: [anna]}
    staging:
      +materialized: table
      tags: stg
      +schema: stg
      orders:
        +alias: o
`;

function model(files: Files, name = 'orders'): Node {
  const { nodes, diagnostics } = parseFiles({ 'dbt_project.yml': project, ...files });
  expect(diagnostics).toEqual([]);
  return nodes.get(`model.shop.${name}`) as Node;
}

describe('settings', () => {
  test('those of the project file apply by folder and name', () => {
    const { config, schema, alias } = model({ 'models/staging/orders.sql': 'select 1' });
    expect(config).toMatchObject({ materialized: 'table', tags: ['all', 'stg'], schema: 'stg', alias: 'o' });
    expect([schema, alias]).toEqual(['main_stg', 'o']);
  });

  test('properties come over the project file, config() over both', () => {
    const files = {
      'models/staging/orders.yml': 'models: [{name: orders, config: {materialized: view, full_refresh: true}}]',
    };
    expect(model({ ...files, 'models/staging/orders.sql': '' }).config.materialized).toBe('view');
    const called = model({ ...files, 'models/staging/orders.sql': "{{ config(materialized='ephemeral') }}" });
    expect(called.config).toMatchObject({ materialized: 'ephemeral', full_refresh: true });
    expect(called.relation_name).toBeNull();
  });

  test('tags and hooks add up, meta and mappings merge, grants are replaced unless they have a plus', () => {
    const { config, tags, meta, unrendered_config } = model({
      'models/staging/orders.sql':
        "{{ config(tags=['x', 'all'], meta={'level': 2}, post_hook='select 2', grants={'+select': ['bert']}, column_types={'a': 'int'}) }}",
    });
    expect(config.tags).toEqual(['all', 'stg', 'x', 'all']);
    expect(tags).toEqual(['all', 'stg', 'x']);
    expect(meta).toEqual({ team: 'data', level: 2 });
    expect(config['post-hook']?.map(({ sql }) => sql)).toEqual(['select 1', 'select 2']);
    expect(config.grants).toEqual({ select: ['anna', 'bert'] });
    expect(unrendered_config).toMatchObject({ tags: ['x', 'all'], meta: { level: 2 }, 'post-hook': 'select 2' });
  });

  test('a node without settings has all of dbt’s defaults', () => {
    const { nodes } = parseFiles({ 'models/a.sql': '' });
    expect(nodes.get('model.shop.a')?.config).toEqual({
      enabled: true,
      alias: null,
      schema: null,
      database: null,
      tags: [],
      meta: {},
      group: null,
      static_analysis: null,
      materialized: 'view',
      incremental_strategy: null,
      batch_size: null,
      lookback: 1,
      begin: null,
      persist_docs: {},
      'post-hook': [],
      'pre-hook': [],
      quoting: {},
      column_types: {},
      full_refresh: null,
      unique_key: null,
      on_schema_change: 'ignore',
      on_configuration_change: 'apply',
      grants: {},
      packages: [],
      docs: { show: true, node_color: null },
      contract: { enforced: false, alias_types: true },
      event_time: null,
      concurrent_batches: null,
      access: 'protected',
      freshness: null,
    });
  });

  test('hooks can be text, mappings, or JSON', () => {
    const { config } = model({
      'models/staging/orders.sql': `{{ config(pre_hook=["select 1", {"sql": "vacuum", "transaction": false}, '{"sql": "analyze"}']) }}`,
    });
    expect(config['pre-hook']).toEqual([
      { sql: 'select 1', transaction: true, index: null },
      { sql: 'vacuum', transaction: false, index: null },
      { sql: 'analyze', transaction: true, index: null },
    ]);
  });

  test('the root project has the last word over its packages, and packages keep their own folders', () => {
    const { nodes } = parseFiles({
      'dbt_project.yml': 'name: shop\nprofile: shop\nmodels: {tools: {marts: {+materialized: table}}}\n',
      'dbt_packages/tools/dbt_project.yml': 'name: tools\nmodels: {tools: {+schema: tools, +materialized: view}}\n',
      'dbt_packages/tools/models/marts/a.sql': "{{ config(materialized='incremental') }} select 1",
      'dbt_packages/tools/models/b.sql': 'select 1',
    });
    expect(nodes.get('model.tools.a')).toMatchObject({
      config: { materialized: 'table', schema: 'tools' },
      schema: 'main_tools',
    });
    expect(nodes.get('model.tools.b')?.config.materialized).toBe('view');
    expect(nodes.get('model.tools.a')?.origin.definition.file).toBe('dbt_packages/tools/models/marts/a.sql');
  });

  test('sections that YAML anchors share do not mix up what is above them', () => {
    const { nodes } = parseFiles({
      'dbt_project.yml':
        'name: shop\nprofile: shop\nmodels:\n  shop:\n    a: &common {+materialized: table}\n    b: {+schema: x, c: *common}\n',
      'models/a/one.sql': '',
      'models/b/c/two.sql': '',
    });
    expect(nodes.get('model.shop.one')?.config).toMatchObject({ materialized: 'table', schema: null });
    expect(nodes.get('model.shop.two')?.config).toMatchObject({ materialized: 'table', schema: 'x' });
  });

  test('wrong values are errors where they were written', () => {
    const files = {
      'dbt_project.yml': 'name: shop\nprofile: shop\nmodels: {shop: {c: {+full_refresh: maybe}}}\n',
      'models/a.sql': "select 1\n{{ config(materialized=3, tags={'x': 1}) }}",
      'models/b.sql': "{{ config(materialized='incremental', contract={'enforced': true}) }}",
      'models/c.sql': '',
      'models/b.yml': 'models:\n  - name: b\n    config:\n      persist_docs: all\n    columns: [{name: x}]\n',
    };
    expect(told(parseFiles(files).diagnostics, files)).toEqual([
      "parse/config-value models/a.sql:2:27 'tags' of 'a' has to be text or a list of texts, but is [{\"x\":1}]",
      "parse/config-value models/a.sql:2:11 'materialized' of 'a' has to be text, but is 3",
      "parse/config-value models/b.yml:4:21 'persist_docs' of 'b' has to be a mapping, but is \"all\"",
      "parse/config-value models/b.sql:1:4 'on_schema_change' of 'b' has to be 'append_new_columns' or 'fail' in an incremental model with an enforced contract, but is \"ignore\"",
      'parse/config-value dbt_project.yml:3:21 \'full_refresh\' has to be true or false, or empty, but is "maybe"',
    ]);
  });

  test('wrong values inside of others are told where they stand, with the word that was meant', () => {
    const files = {
      'dbt_project.yml': 'name: shop\nprofile: shop\n',
      'models/a.sql': "select 1\n{{ config(pre_hook={'sqll': 'x'}) }}",
      'models/a.yml': `models:
  - name: a
    config: {access: privat, freshness: {build_after: {count: 1, period: hours}}}
sources:
  - name: raw
    freshness: {warn_after: {count: two, period: day}}
    tables: [{name: t}]
`,
    };
    const { diagnostics } = parseFiles(files);
    expect(told(diagnostics, files).sort()).toEqual([
      "parse/config-value models/a.sql:2:11 'pre-hook' of 'a' has to be SQL, or a mapping with 'sql', but is {\"sqll\":\"x\"}",
      "parse/config-value models/a.yml:3:22 'access' of 'a' has to be one of private, protected, public, but is \"privat\"",
      "parse/config-value models/a.yml:3:74 'freshness.build_after.period' of 'a' has to be one of minute, hour, day, or empty, but is \"hours\"",
      "parse/wrong-type models/a.yml:6:37 'freshness.warn_after.count' of 'raw' has to be a whole number, or empty",
    ]);
    const hints = diagnostics.flatMap(({ hint }) => hint ?? []).sort();
    expect(hints).toEqual(["Did you mean 'hour'?", "Did you mean 'private'?"]);
  });

  test('the times of a microbatch model are told with what they are, and what was meant', () => {
    const config = "materialized='incremental', incremental_strategy='microbatch', event_time='at'";
    const files = { 'models/a.sql': `{{ config(${config}, batch_size='dya', begin='soon') }} select 1` };
    const wrong = parseFiles(files).diagnostics.filter(({ code }) => code === 'parse/microbatch');
    expect(told(wrong, files)).toEqual([
      "parse/microbatch models/a.sql:1:109 Microbatch model 'a' needs 'begin', the time of its first batch (ISO), but has \"soon\"",
      "parse/microbatch models/a.sql:1:91 Microbatch model 'a' needs 'batch_size', one of hour, day, month, year, but has \"dya\"",
    ]);
    expect(wrong.map(({ hint }) => hint)).toEqual(['For example: 2024-01-01', "Did you mean 'day'?"]);
  });

  test('settings of the project file that are nearly known ones are a warning', () => {
    const files = {
      'dbt_project.yml':
        'name: shop\nprofile: shop\nmodels: {shop: {+materialised: table, +team_of_ours: x, staging: {taggs: y}}}\n',
      'models/staging/a.sql': '',
    };
    expect(told(parseFiles(files).diagnostics, files)).toEqual([
      "parse/unknown-setting dbt_project.yml:3:17 '+materialised' is no setting that Ingot knows, so it changes nothing",
      "parse/unknown-setting dbt_project.yml:3:67 'taggs' is no setting that Ingot knows, so it changes nothing",
    ]);
  });

  test('settings that apply to nothing are a warning', () => {
    const { diagnostics } = parseFiles({
      'dbt_project.yml': 'name: shop\nprofile: shop\nmodels: {shop: {+tags: x, stagign: {+tags: y}}}\n',
      'models/staging/a.sql': '',
    });
    expect(diagnostics.map(({ code, message, hint }) => `${code}: ${message}. ${hint}`)).toEqual([
      "parse/unused-settings: dbt_project.yml has settings that apply to nothing: models.shop.stagign. Did you mean 'staging'?",
    ]);
  });

  test('Ingot’s own settings are looked at as dbt’s are', () => {
    const files = {
      'models/a.sql': "{{ config(partition_batch_size='31', narrow_refs='no') }}",
      'models/b.sql': '{{ config(partitions_per_bild=0, partition_batch_size=none) }}',
      'models/c.sql': '{{ config(partitions_per_build=0) }}',
    };
    expect(told(parseFiles(files).diagnostics, files)).toEqual([
      "parse/config-value models/a.sql:1:11 'partition_batch_size' of 'a' has to be a whole number above 0, or empty, but is \"31\"",
      "parse/config-value models/a.sql:1:38 'narrow_refs' of 'a' has to be true or false, or empty, but is \"no\"",
      "parse/unknown-setting models/b.sql:1:11 'partitions_per_bild' of 'b' is no setting that Ingot knows, so it changes nothing",
      "parse/config-value models/c.sql:1:11 'partitions_per_build' of 'c' has to be a whole number above 0, or empty, but is 0",
    ]);
  });

  test('a value in place of the settings of a package, a folder or a file is a warning', () => {
    const files = {
      'dbt_project.yml':
        'name: shop\nprofile: shop\nmodels:\n  own: x\n  shop:\n    staging:\n      +schema stg\n    marts:\n    b: []\nseeds:\n  shop: x\n',
      'models/staging/a.sql': '',
      'models/marts/c.sql': '',
      'models/b.sql': '',
      'seeds/s.csv': 'a\n1\n',
    };
    expect(told(parseFiles(files).diagnostics, files)).toEqual([
      "parse/wrong-type dbt_project.yml:7:7 'staging' has to be a mapping of settings; as it is, it changes nothing",
      "parse/wrong-type dbt_project.yml:9:8 'b' has to be a mapping of settings; as it is, it changes nothing",
      "parse/wrong-type dbt_project.yml:11:9 'shop' has to be a mapping of settings; as it is, it changes nothing",
    ]);
  });
});

describe('names of relations', () => {
  const files = { 'models/a.sql': "{{ config(schema='x', alias='b') }}" };

  test('a macro of the root project decides them, and may fall back on dbt’s', () => {
    const { nodes } = parseFiles({
      ...files,
      'macros/names.sql':
        "{% macro generate_schema_name(custom_schema_name, node) %}{% if target.name == 'prod' %}{{ custom_schema_name | trim }}{% else %}{{ default__generate_schema_name(custom_schema_name, node) }}{% endif %}{% endmacro %}" +
        '{% macro generate_alias_name(custom_alias_name=none, node=none) %}{{ node.name }}_{{ node.config.materialized }}{% endmacro %}',
    });
    expect(nodes.get('model.shop.a')).toMatchObject({
      schema: 'main_x',
      alias: 'a_view',
      relation_name: '"db"."main_x"."a_view"',
    });
  });

  test('the target counts', () => {
    const macro = {
      'macros/n.sql':
        '{% macro generate_schema_name(n, node) %}{{ return(generate_schema_name_for_env(n, node)) }}{% endmacro %}',
    };
    const schemaIn = (name: string) =>
      parseFiles({ ...files, ...macro }, { target: { name } }).nodes.get('model.shop.a')?.schema;
    expect([schemaIn('dev'), schemaIn('prod')]).toEqual(['main', 'x']);
  });

  test('the schema that such a macro can name is the target’s', () => {
    const { nodes } = parseFiles({
      ...files,
      'macros/n.sql': '{% macro generate_alias_name(alias, node) %}{{ node.name }}_{{ schema }}{% endmacro %}',
    });
    expect(nodes.get('model.shop.a')).toMatchObject({ schema: 'main_x', alias: 'a_main' });
  });

  test('a package’s macro decides for its own nodes only', () => {
    const { nodes } = parseFiles({
      ...files,
      'dbt_packages/tools/dbt_project.yml': 'name: tools\n',
      'dbt_packages/tools/models/t.sql': 'select 1',
      'dbt_packages/tools/macros/n.sql': '{% macro generate_schema_name(n, node) %}tools{% endmacro %}',
    });
    expect([nodes.get('model.tools.t')?.schema, nodes.get('model.shop.a')?.schema]).toEqual(['tools', 'main_x']);
  });

  test('a mistake in such a macro names the macro and the node', () => {
    const broken = { ...files, 'macros/n.sql': '{% macro generate_schema_name(n, node) %}{{ 1 / 0 }}{% endmacro %}' };
    const { diagnostics } = parseFiles(broken);
    expect(told(diagnostics, broken)).toEqual(['parse/template-error macros/n.sql:1:45 division by zero']);
    expect(diagnostics[0]?.notes?.at(-1)?.message).toBe("while naming 'a'");
  });
});
