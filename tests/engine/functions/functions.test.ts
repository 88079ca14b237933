import { describe, expect, test } from 'vitest';
import snowflake from '../../../src/adapters/snowflake/index.ts';
import {
  type Coordinate,
  keySetOf,
  markFloat,
  markMember,
  noOffset,
  type PackageFacts,
  type PartitionDimension,
} from '../../../src/core/index.ts';
import { TemplateError } from '../../../src/jinja/index.ts';
import { functions, makeRendering, render, type Settings } from './rendering.ts';

function failure(source: string, settings?: Settings): string {
  return failureOf(source, settings).message;
}

function failureOf(source: string, settings?: Settings): TemplateError {
  try {
    render(source, settings);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('no error');
}

test('every file of the shelf is named as the function in it', () => {
  for (const [name, thing] of functions) expect(thing.name).toBe(name);
  expect(functions.size).toBeGreaterThan(50);
});

describe('var', () => {
  test('gives the variable, then the default', () => {
    expect(render("{{ var('a') }} {{ var('b', 2) }} {{ var('b', none) }}", { vars: { a: [1, 'x'] } })).toBe(
      "[1, 'x'] 2 None",
    );
  });
  test('gives floats with their fraction', () => {
    const vars = { rate: 5, count: 5 };
    markFloat(vars, 'rate');
    expect(render("{{ var('rate') }} {{ var('count') }}", { vars })).toBe('5.0 5');
  });
  test('gives dates and timestamps as Python has them', () => {
    const vars = {
      day: '2024-02-28',
      moment: '2024-02-28T10:00:00',
      zoned: '2024-02-28T10:00:00+02:00',
      text: '2024-02-28',
    };
    for (const name of ['day', 'moment', 'zoned']) markMember(vars, name, 'date');
    const source =
      "{{ var('day') + modules.datetime.timedelta(days=2) }} {{ var('moment') }} {{ var('zoned') }} {{ var('text')[:4] }}";
    expect(render(source, { vars })).toBe('2024-03-01 2024-02-28 10:00:00 2024-02-28 10:00:00+02:00 2024');
  });
  test('a missing one names the nearest that there is', () => {
    expect(failureOf("{{ var('start_dat') }}", { vars: { start_date: '2024' } }).hint).toBe(
      "Did you mean 'start_date'?",
    );
  });
  test('a missing one is none while parsing', () => {
    expect(render("{{ var('x') }}", { phase: 'parse' })).toBe('None');
  });
  test('renders text that is a template', () => {
    expect(render("{{ var('a') }}", { vars: { a: '{{ target.schema }}_x' } })).toBe('main_x');
  });
  test('has_var tells whether there is one', () => {
    expect(render("{{ var.has_var('a') }} {{ var.has_var('b') }}", { vars: { a: null } })).toBe('True False');
  });
});

describe('env_var', () => {
  test('gives the value, then the default', () => {
    expect(render("{{ env_var('A') }} {{ env_var('B', 'x') }}", { env: { A: '1' } })).toBe('1 x');
  });
  test('a missing one is named', () => {
    expect(failure("{{ env_var('NOPE') }}")).toBe("Env var required but not provided: 'NOPE'");
  });
  test('a secret never reaches SQL', () => {
    expect(failure("{{ env_var('DBT_ENV_SECRET_X') }}", { env: { DBT_ENV_SECRET_X: 'geheim' } })).not.toContain(
      'geheim',
    );
  });
});

describe('target', () => {
  test('shows the connection without its secrets', () => {
    expect(
      render('{{ target.name }} {{ target.schema }} {{ target.path }} {{ target["type"] }} {{ target.threads }}'),
    ).toBe('dev main x.db testdb 4');
    expect(render('{{ target }}')).not.toContain('geheim');
    expect(render("{{ target.get('nothing', 'x') }}")).toBe('x');
  });
});

describe('ref and source', () => {
  test('print the relation', () => {
    expect(render("{{ ref('a') }} {{ source('s', 't') }}")).toBe('"db"."main"."a" "raw"."s"."t"');
  });
  test.each([
    ["{{ ref('a') }}", { package: null, name: 'a', version: null }],
    ["{{ ref('p', 'a', v=2) }}", { package: 'p', name: 'a', version: 2 }],
    ["{{ ref('a', version='2a') }}", { package: null, name: 'a', version: '2a' }],
    ["{{ ref('a', version=1.5) }}", { package: null, name: 'a', version: 1.5 }],
  ])('%s asks for the right node', (source, request) => {
    const said: string[] = [];
    render(source, {
      others: {
        ref(given) {
          said.push(JSON.stringify(given));
          return { database: null, schema: null, identifier: 'x' };
        },
      },
    });
    expect(said).toEqual([JSON.stringify(request)]);
  });
  test.each([
    ['{{ ref() }}', 'ref() takes a name'],
    ['{{ ref(1) }}', 'must be a string, got int'],
    ["{{ ref('a', ['b']) }}", 'must be a string, got list'],
    ["{{ source('a') }}", 'source() takes the names'],
    ["{{ source('a', none) }}", 'must be a string, got NoneType'],
  ])('%s is refused', (source, message) => {
    expect(failure(source)).toContain(message);
  });
});

describe('relations', () => {
  const settings: Settings = { thisRelation: { database: 'db', schema: 's', identifier: 'x', type: 'view' } };
  test.each([
    ['{{ this }} {{ this.schema }} {{ this.identifier }} {{ this.name }} {{ this.type }}', '"db"."s"."x" s x x view'],
    ['{{ this.include(database=false) }}', '"s"."x"'],
    ['{{ this.include(database=false, schema=false).include(schema=true) }}', '"s"."x"'],
    ['{{ this.quote(identifier=false) }}', '"db"."s".x'],
    ['{{ this.without_identifier() }}', '"db"."s"'],
    ["{{ this.incorporate(path={'identifier': 'y'}, type='table').is_table }}", 'True'],
    ["{{ this.incorporate(path={'identifier': 'y'}) }}", '"db"."s"."y"'],
    ['{{ this.is_view }} {{ this.is_table }} {{ this.is_cte }}', 'True False False'],
    ["{{ this.matches(schema='s') }} {{ this.matches(identifier='y') }}", 'True False'],
    ["{{ api.Relation.create(database='a', schema='b', identifier='c', type='table') }}", '"a"."b"."c"'],
    ["{{ api.Relation.create(identifier='c', quote_policy={'identifier': false}) }}", 'c'],
    ["{{ this == api.Relation.create(database='db', schema='s', identifier='x', type='view') }}", 'True'],
    ["{{ this == 'db' }}", 'False'],
    ['{{ this.information_schema() }}', '"db".INFORMATION_SCHEMA'],
    ["{{ [this] | length }} {{ this in [this] }} {{ this is none }} {{ 'yes' if this }}", '1 True False yes'],
    ["{{ api.Relation.View }} {{ this.nothing is defined }} {{ this['schema'] }}", 'view False s'],
    ["{{ this.get('metadata').type }}", 'Relation'],
  ])('%s', (source, printed) => {
    expect(render(source, settings)).toBe(printed);
  });
  test('an ephemeral model is not quoted', () => {
    const others = { ref: () => ({ database: null, schema: null, identifier: '__dbt__cte__x', type: 'cte' as const }) };
    expect(render("{{ ref('x') }}", { others })).toBe('__dbt__cte__x');
  });
  test('what stands in for a name is printed, and render() gives the name', () => {
    const relation = { database: null, schema: 's', identifier: 'x', expression: '(select 1)' };
    expect(render('{{ this }} {{ this.render() }}', { thisRelation: relation })).toBe('(select 1) "s"."x"');
  });
});

describe('config', () => {
  test('records settings while parsing, hooks by their hyphens', () => {
    const said: string[] = [];
    const others = { setConfig: (given: unknown) => void said.push(JSON.stringify(given)) };
    expect(
      render("{{ config(materialized='table', pre_hook=['a'], tags=('x', 'y')) }}", { phase: 'parse', others }),
    ).toBe('');
    expect(render("{{ config({'enabled': false}) }}{% do config.set('a', 1) %}", { phase: 'parse', others })).toBe('');
    expect(said).toEqual([
      '{"materialized":"table","tags":["x","y"],"pre-hook":["a"]}',
      '{"enabled":false}',
      '{"a":1}',
    ]);
  });
  test('refuses names that nothing stands behind, wherever in a value: a setting would be lost without a word', () => {
    const others = { setConfig: () => {} };
    const told = (call: string) => failure(`{{ config(${call}) }}`, { phase: 'parse', others });
    expect(told('schema=staging')).toContain("config() cannot set 'schema': 'staging' is undefined");
    const { hint } = failureOf('{{ config(schema=staging) }}', { phase: 'parse', others });
    expect(hint).toBe("If a text is meant, put it in quotes: 'staging'");
    expect(told('tags=[nightly]')).toContain("config() cannot set 'tags': 'nightly' is undefined");
    expect(told("meta={'a': (1, [b])}")).toContain("config() cannot set 'meta': 'b' is undefined");
    expect(told("alias='x' if false")).toContain("config() cannot set 'alias': the inline if-expression");
    expect(render('{{ config(schema=none) }}', { phase: 'parse', others })).toBe('');
  });
  test('reads settings afterwards', () => {
    const config = { materialized: 'table', persist_docs: { relation: true }, meta: { owner: 'me' } };
    const source =
      "{{ config.get('materialized') }} {{ config.get('x', default='y') }} {{ config.get('x') }} {{ config.require('materialized') }} " +
      "{{ config.persist_relation_docs() }} {{ config.persist_column_docs() }} {{ config.meta_get('owner') }}";
    expect(render(source, { config })).toBe('table y None table True False me');
  });
  test('knows hooks by both of their names', () => {
    const config = { 'pre-hook': [{ sql: 'select 1', transaction: true, index: null }] };
    expect(render("{{ config.get('pre_hook')[0].sql }} {{ config.require('pre-hook') | length }}", { config })).toBe(
      'select 1 1',
    );
  });
  test('gives nothing while parsing', () => {
    expect(render("[{{ config.get('materialized', 'x') }}{{ config.require('x') }}]", { phase: 'parse' })).toBe('[]');
  });
  test('names a required setting that is missing', () => {
    expect(failure("{{ config.require('unique_key') }}", { node: { unique_id: 'model.shop.a' } })).toContain(
      "'unique_key' is required, but model.shop.a",
    );
  });
});

describe('data functions', () => {
  test.each([
    [`{{ fromjson('{"a": [1, 2.0, null, true]}') }}`, "{'a': [1, 2.0, None, True]}"],
    [
      `{{ fromjson('x') }} {{ fromjson('x', 5) }} {{ fromjson('12345678901234567890') }}`,
      'None 5 12345678901234567890',
    ],
    [`{{ tojson({'b': 1, 'a': [none, 'é', 1.0]}) }}`, '{"b": 1, "a": [null, "\\u00e9", 1.0]}'],
    [`{{ tojson({'b': 1, 'a': 2}, sort_keys=true) }}`, '{"a": 2, "b": 1}'],
    [`{{ fromyaml('a: [1, yes, 1.0, 2024-01-02]') }}`, "{'a': [1, True, 1.0, datetime.date(2024, 1, 2)]}"],
    [`{{ fromyaml('a: [') }} {{ fromyaml('a: [', 'd') }} {{ fromyaml('1: x')[1] }}`, 'None d x'],
    [`{{ toyaml({'a': [1, 'x'], 'b': {'c': none}}) }}`, 'a:\n- 1\n- x\nb:\n  c: null\n'],
    ['{{ set([1, 2, 2]) }} {{ set(5) }} {{ set(5, [1]) }} {{ set_strict([1]) }}', '{1, 2} None [1] {1}'],
    ["{{ zip([1, 2], ['a', 'b', 'c']) | list }} {{ zip(1, default='d') }}", "[(1, 'a'), (2, 'b')] d"],
    ['{{ local_md5("hello world") }}', '5eb63bbbe01eeed093cb22bb8f5acdc3'],
    ["{{ diff_of_two_dicts({'a': ['x', 'Y'], 'b': ['z']}, {'A': ['y']}) }}", "{'a': ['x'], 'b': ['z']}"],
  ])('%s', (source, printed) => {
    expect(render(source)).toBe(printed);
  });
  test.each(['{{ set_strict(5) }}', '{{ zip_strict(5) }}'])('%s is an error', (source) => {
    expect(failure(source)).toContain('not iterable');
  });
});

describe('surroundings', () => {
  test('database and schema are those of the node, where there is one', () => {
    const node = { database: 'lake', schema: 'main_sales' };
    expect(render('{{ database }}.{{ schema }} {{ target.schema }}', { node })).toBe('lake.main_sales main');
  });

  test.each([
    ['{{ dbt_version }} {{ project_name }} {{ database }}.{{ schema }}', '1.11.16 shop db.main'],
    ['{{ invocation_id }}', 'b8b9c0a4-0000-4000-8000-000000000000'],
    [
      '{{ run_started_at.strftime("%Y-%m-%d %H:%M") }} {{ run_started_at }}',
      '2024-03-31 12:00 2024-03-31 12:00:00.123000+00:00',
    ],
    [
      '{{ flags.FULL_REFRESH }} {{ flags.WHICH }} {{ flags.INDIRECT_SELECTION }} {{ flags.NOTHING is defined }}',
      'False run eager False',
    ],
    ['{{ invocation_args_dict.which }} {{ invocation_args_dict["full_refresh"] }}', 'run False'],
    ['{{ selected_resources }} {{ thread_id }} {{ execute }}', "['model.shop.a'] Thread-1 True"],
    [
      "{{ builtins.ref('a') }} {{ context['ref']('a') }} {{ context.get('nothing') }}",
      '"db"."main"."a" "db"."main"."a" None',
    ],
    [
      "{% do context.update({'kept': [1]}, more=2) %}{{ context.get('kept') }} {{ context['more'] }} {{ 'kept' in context }}",
      '[1] 2 True',
    ],
    ["{{ context.setdefault('kept', 1) }} {{ context.setdefault('kept', 2) }} {{ context.kept }}", '1 1 1'],
    [
      "{% do context.update({'zebra': 1}) %}{% for name in context if name.startswith('zeb') %}{{ name }}{% endfor %} {{ 'ref' in context.keys() }}",
      'zebra True',
    ],
    [
      "{{ context is mapping }} {{ context | length > 50 and context.values() | list | length > 50 }} {{ context.copy()['execute'] }}",
      'True True True',
    ],
    [
      "{% for name, value in context.items() if name == 'target' %}{{ value.name }}{% endfor %} {{ context.copy().execute }}",
      'dev True',
    ],
    ["{{ doc('x') }}, {{ doc('p', 'x') }}", 'doc of any.x, doc of p.x'],
    ["{{ render('{{ schema }}!') }} {{ render('plain') }}", 'main! plain'],
    ["{{ adapter.type() }} {{ adapter.quote('a') }} {{ sql_now }}", 'testdb "a" current_timestamp'],
    ["{{ validation.any('a', 'b')('a') }}", 'None'],
  ])('%s', (source, printed) => {
    expect(render(source)).toBe(printed);
  });
  test('model has the fields of the manifest and none of ours', () => {
    const node = { name: 'a', config: { enabled: true, materialized: 'view', tags: [], meta: {} }, origin: {} };
    expect(
      render('{{ model.name }} {{ model.config.materialized }} {{ model.origin is defined }}', { node: node as never }),
    ).toBe('a view False');
  });
  test('model lacks what the node has no value for, but for what is free in its form', () => {
    const node = {
      name: 'a',
      version: null,
      config: { unique_key: null, materialized: 'view', meta: { owner: null } },
      columns: { id: { name: 'id', data_type: null, meta: { pii: null } } },
      refs: [{ name: 'b', package: null }],
    };
    expect(
      render(
        "{{ model.config.get('unique_key', 'id') }} {{ 'version' in model }} {{ model.config.meta }} {{ model.columns.id }} {{ model.refs }}",
        { node: node as never },
      ),
    ).toBe("id False {'owner': None} {'name': 'id', 'meta': {'pii': None}} [{'name': 'b'}]");
  });
  test('model has its SQL by the name of old as well, for materializations of a project', () => {
    const node = { name: 'a', compiled: true, compiled_code: 'select 1' };
    expect(render("{{ model['compiled_sql'] }}", { node: node as never })).toBe('select 1');
  });
  test('model says types of columns as the warehouse does', () => {
    const columns = { id: { data_type: 'string' }, day: { data_type: 'date' }, free: { data_type: null } };
    const source = '{{ model.columns.id.data_type }} {{ model.columns.day.data_type }} {{ model.columns.free }}';
    const node = { columns, contract: { enforced: false, alias_types: true } };
    expect(render(source, { node: node as never })).toBe('TEXT date {}');
    const asWritten = { columns, contract: { enforced: true, alias_types: false } };
    expect(render(source, { node: asWritten as never })).toBe('string date {}');
  });
  test('graph tells nodes, sources, exposures and groups apart', () => {
    const nodes = new Map(
      ['model', 'source', 'exposure', 'test'].map((type) => [
        `${type}.x`,
        { unique_id: `${type}.x`, resource_type: type },
      ]),
    );
    const groups = new Map([['group.x', { unique_id: 'group.x', name: 'x' }]]);
    const others = { graph: () => ({ nodes: nodes as never, groups: groups as never }) };
    expect(
      render(
        '{{ graph.nodes | list }} {{ graph.sources | list }} {{ graph["exposures"] | length }} {{ graph.groups["group.x"].name }}',
        { others },
      ),
    ).toBe("['model.x', 'test.x'] ['source.x'] 1 x");
  });
  test('log, print and warn print nothing in place', () => {
    const rendering = makeRendering();
    const log = (message: string, to: string) => void rendering.said.push(`${to}: ${message}`);
    const warn = (message: string) => void rendering.said.push(`warning: ${message}`);
    const source = "[{{ log('a') }}{{ log('b', info=true) }}{{ print('c') }}{{ exceptions.warn('d') }}]";
    expect(render(source, { others: { log, warn } })).toBe('[]');
    expect(rendering.said).toEqual(['log: a', 'info: b', 'stdout: c', 'warning: d']);
  });
  test.each([
    ["{{ exceptions.raise_compiler_error('too ' ~ 'bad') }}", 'too bad'],
    ["{{ exceptions.raise_not_implemented('later') }}", 'later'],
    ["{{ try_or_compiler_error('no luck', exceptions.raise_compiler_error, 'x') }}", 'no luck'],
    ["{{ validation.any('a', 'b')('c') }}", 'Expected value "c" to be one of a,b'],
    ["{{ adapter_macro('x') }}", 'adapter.dispatch'],
    ["{{ adapter.dispatch('a.b') }}", "adapter.dispatch('b', macro_namespace='a')"],
    ["{{ adapter.dispatch('nothing', 'shop')() }}", "'testdb__nothing', 'default__nothing'"],
  ])('%s fails', (source, message) => {
    expect(failure(source)).toContain(message);
  });
});

describe('while parsing nothing is asked', () => {
  test.each([
    ["{{ adapter.get_relation('a', 'b', 'c') }} {{ adapter.get_columns_in_relation(ref('a')) }}", 'None []'],
    ["{{ is_incremental() }} {{ adapter.check_schema_exists('a', 'b') }}", 'False False'],
    ["{% set r = run_query('select 1') %}[{{ r }}{{ r.columns[0].values() }}{% for x in r %}x{% endfor %}]", '[]'],
    ["{% call statement('x', fetch_result=true) %}select 1{% endcall %}{{ load_result('x') }}", 'None'],
  ])('%s', (source, printed) => {
    expect(render(source, { phase: 'parse' })).toBe(printed);
  });
});

test("packages find dbt's configuration of the run at ref.config", () => {
  const packages = new Map<string, PackageFacts>([
    ['shop', { version: '1.0', vars: { a: 1 } }],
    ['parts', { version: '0.3', vars: {} }],
  ]);
  const source =
    '{% set config = builtins.ref.config %}{{ config.project_name }} {{ config.dependencies["parts"].version }} ' +
    '{{ config.vars.to_dict() }} {{ config.cli_vars }} {{ config.args.which }} {{ config.args.select }} {{ config.target_name }}';
  expect(render(source, { others: { packages } })).toBe("shop 0.3 {'a': 1} {} run  dev");
});

test('current_timestamp_backcompat() is the time of the session where the warehouse tells it from UTC', () => {
  expect(render('{{ current_timestamp_backcompat() }}', { adapter: snowflake })).toBe('current_timestamp::timestamp');
});

describe('partition', () => {
  const slice = (dimension: PartitionDimension, key: Coordinate) => ({
    others: { partitions: () => ({ definition: { dimensions: [dimension] }, keys: keySetOf([[key]]) }) },
  });
  const day = slice(
    { kind: 'time', name: 'day', grain: { kind: 'day' }, start: '2024-01-01', timezone: 'UTC', offset: noOffset },
    19723,
  );
  const region = slice({ kind: 'static', name: 'region', values: ['EU'] }, 'EU');

  test.each([
    ["'partition' has no 'stat'", "Did you mean 'start'?", '{{ partition.stat }}', day],
    ["'partition.day' has no 'kee'", "Did you mean 'key'?", '{{ partition.day.kee }}', day],
    ["'partition.region' has no 'end'", 'There is: key, filter', '{{ partition.region.end }}', region],
    ["'this' is not kept by partitions", 'Say in its config by which', '{{ partition.key }}', {}],
    ["'this' is not kept by partitions", 'Say in its config by which', '{{ partition }}', {}],
  ])('%s', (message, hint, source, settings) => {
    const found = failureOf(source, settings);
    expect(found.message).toContain(message);
    expect(found.hint).toContain(hint);
  });

  test('is among the names of the context, whatever it stands for', () => {
    expect(render("{{ 'partition' in context.keys() }} {{ context.values() | list | length > 5 }}")).toBe('True True');
  });
});
