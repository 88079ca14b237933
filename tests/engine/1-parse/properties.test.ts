import { describe, expect, test } from 'vitest';
import type { ModelNode } from '../../../src/core/index.ts';
import { type Files, parseFiles, told } from './project-on-disk.ts';

describe('properties', () => {
  test('describe a model, its columns and where they were written', () => {
    const { nodes } = parseFiles({
      'models/a.sql': '',
      'models/a.yml':
        'models:\n  - name: a\n    description: "{{ doc(\'intro\') }}, and more"\n    columns:\n      - name: id\n        description: "{{ doc(\'intro\') }}"\n        data_type: int\n        meta: {x: 1}\n        config: {meta: {y: 2}, tags: k}\n        tags: [c]\n        policy: strict\n',
      'models/texts.md': '# About\n{% docs intro %}\nThe *orders*\n{% enddocs %}\n100 % {# and }} \n',
    });
    expect(nodes.get('model.shop.a')).toMatchObject({
      description: 'The *orders*, and more',
      doc_blocks: ['doc.shop.intro'],
      patch_path: 'shop://models/a.yml',
      origin: { properties: { file: 'models/a.yml', start: 12, end: 19 } },
      columns: {
        id: {
          name: 'id',
          description: 'The *orders*',
          data_type: 'int',
          meta: { x: 1, y: 2 },
          tags: ['c', 'k'],
          config: { meta: { x: 1, y: 2 }, tags: ['c', 'k'] },
          doc_blocks: ['doc.shop.intro'],
          policy: 'strict',
        },
      },
    });
  });

  test('are rendered with variables; texts lose the line break that ends them, descriptions keep it', () => {
    const files = {
      'models/a.sql': '',
      'models/a.yml':
        'models:\n  - name: a\n    config:\n      enabled: "{{ var(\'on\') }}"\n      alias: |\n        plain\n    description: |\n      two\n    columns: [{name: id, tests: [unique]}]\n',
    };
    const { nodes } = parseFiles(files, { vars: { on: true } });
    expect(nodes.get('model.shop.a')).toMatchObject({ alias: 'plain', description: 'two\n' });
    // The place of the test is known although its entry was read anew after rendering.
    expect(
      told(
        [
          {
            code: 'x',
            severity: 'error',
            message: '',
            span: nodes.get('test.shop.unique_a_id.f6a5f640da')?.origin.definition,
          },
        ],
        files,
      ),
    ).toEqual(['x models/a.yml:9:34 ']);
    const off = parseFiles(files, { vars: { on: false } });
    expect([...off.nodes.keys()]).toEqual(['test.shop.unique_a_id.f6a5f640da']);
    expect([...off.disabled.keys()]).toEqual(['model.shop.a']);
  });

  test('a version that is a float with a whole value has it in its names', () => {
    const { nodes, diagnostics } = parseFiles({
      'models/a_v1.0.sql': 'select 1',
      'models/a_v2.0.sql': 'select 2',
      'models/a.yml': 'models: [{name: a, latest_version: 1.0, versions: [{v: 1.0}, {v: 2.0}]}]',
      'models/b.sql': "select * from {{ ref('a', v=2.0) }}",
    });
    expect(diagnostics).toEqual([]);
    expect(nodes.get('model.shop.a.v1.0')).toMatchObject({ version: '1.0', latest_version: '1.0', alias: 'a_v1_0' });
    expect(nodes.get('model.shop.b')).toMatchObject({ refs: [{ name: 'a', version: '2.0' }] });
  });

  test('versions of a model share what they do not say themselves', () => {
    const { nodes, diagnostics } = parseFiles({
      'models/a_v1.sql': 'select 1',
      'models/a_new.sql': 'select 2',
      'models/a.yml': `models:
  - name: a
    latest_version: 1
    description: both
    config: {tags: [t], meta: {owner: us}}
    columns: [{name: id, tests: [unique]}, {name: old}]
    tests: [{not_null: {column_name: id}}]
    versions:
      - v: 1
      - v: 2
        defined_in: a_new
        description: second
        config: {materialized: table, tags: [new], meta: {since: 2}}
        columns: [{include: all, exclude: [old]}, {name: fresh}]
        tests: []
`,
    });
    expect(diagnostics).toEqual([]);
    const [one, two] = ['v1', 'v2'].map((version) => nodes.get(`model.shop.a.${version}`) as ModelNode);
    expect(one).toMatchObject({
      name: 'a',
      version: 1,
      latest_version: 1,
      alias: 'a_v1',
      fqn: ['shop', 'a', 'v1'],
      description: 'both',
    });
    expect(one?.config).toMatchObject({ tags: ['t'], meta: { owner: 'us' } });
    expect(two).toMatchObject({
      version: 2,
      description: 'second',
      config: { materialized: 'table', tags: ['new', 't'], meta: { owner: 'us', since: 2 } },
    });
    expect(Object.keys(one?.columns ?? {})).toEqual(['id', 'old']);
    expect(Object.keys(two?.columns ?? {})).toEqual(['id', 'fresh']);
    const tests = [...nodes.values()]
      .filter((node) => node.resource_type === 'test')
      .map(({ name, attached_node }) => [name, attached_node]);
    expect(tests).toEqual([
      ['unique_a_v1_id', 'model.shop.a.v1'],
      ['not_null_a_v1_id', 'model.shop.a.v1'],
      ['unique_a_v2_id', 'model.shop.a.v2'],
    ]);
  });

  test('an enforced contract has a checksum that changes with the columns', () => {
    const checksum = (type: string): string | null | undefined =>
      parseFiles({
        'models/a.sql': '',
        'models/a.yml': `models: [{name: a, config: {contract: {enforced: true}}, columns: [{name: id, data_type: ${type}}]}]`,
      }).nodes.get('model.shop.a')?.contract.checksum;
    expect(checksum('int')).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum('int')).not.toBe(checksum('text'));
  });

  // As dbt 1.11 hashes the same: it prints the constraints as Python does, which chooses quotes by what is in them.
  test('the checksum of a contract is that of dbt', () => {
    const { nodes } = parseFiles({
      'models/c.sql': "{{ config(materialized='table') }} select 1",
      'models/c.yml': `models:
  - name: c
    config: {contract: {enforced: true}}
    constraints: [{type: check, expression: "amt > 0", name: pos}, {type: unique, columns: [id, amt]}]
    columns:
      - {name: id, data_type: int, constraints: [{type: not_null}, {type: primary_key}]}
      - {name: Name X, data_type: varchar, quote: true, constraints: [{type: check, expression: "\\"Name X\\" <> 'q'"}]}
      - {name: amt, data_type: "decimal(5,2)"}
`,
    });
    expect(nodes.get('model.shop.c')?.contract.checksum).toBe(
      'e32a9787fd61afdf2a5cb74f0e8e08f98bd236a177be39830505fd75f5733c79',
    );
  });

  test('foreign keys are reads', () => {
    const { nodes } = parseFiles({
      'models/a.sql': '',
      'models/b.sql': '',
      'models/a.yml':
        "models: [{name: a, columns: [{name: id, constraints: [{type: foreign_key, to: ref('b'), to_columns: [id]}]}]}]",
    });
    expect(nodes.get('model.shop.a')?.refs).toEqual([{ name: 'b', package: null, version: null }]);
  });

  test('macros, exposures, groups and what later rooms read are kept', () => {
    const project = parseFiles({
      'models/b.sql': '',
      'macros/m.sql': '{% macro cents(x) %}{{ x }}{% endmacro %}',
      'macros/m.yml': 'macros: [{name: cents, description: to money, arguments: [{name: x, type: int}]}]',
      'models/all.yml': `exposures:
  - {name: e, type: dashboard, owner: {name: me}, depends_on: [ref('b'), "source('raw', 't')"], tags: [z, a]}
groups: [{name: g, owner: {email: a@b}}]
unit_tests: [{name: u, model: b, given: [], expect: {rows: []}}]
metrics: [{name: m, label: M, type: simple, type_params: {measure: n}}]
semantic_models: [{name: s, model: ref('b')}]
saved_queries: [{name: q, query_params: {}}]
`,
    });
    expect(project.diagnostics).toEqual([]);
    expect(project.macros.get('macro.shop.cents')).toMatchObject({
      description: 'to money',
      arguments: [{ name: 'x', type: 'int', description: '' }],
    });
    expect(project.exposures.get('exposure.shop.e')).toMatchObject({
      refs: [{ name: 'b' }],
      sources: [['raw', 't']],
      tags: ['a', 'z'],
      owner: { name: 'me', email: null },
    });
    expect(project.groups.get('group.shop.g')).toMatchObject({ owner: { email: 'a@b', name: null } });
    expect(
      [project.unit_tests, project.metrics, project.semantic_models, project.saved_queries].map((all) => [
        ...all.keys(),
      ]),
    ).toEqual([['unit_test.shop.b.u'], ['metric.shop.m'], ['semantic_model.shop.s'], ['saved_query.shop.q']]);
  });

  const problems: readonly (readonly [what: string, yaml: string, expected: readonly string[]])[] = [
    [
      'an unknown section',
      'modles: []\n',
      ["parse/unknown-key models/a.yml:1:1 The key 'modles' is not known in a properties file"],
    ],
    [
      'an unknown key',
      'models: [{name: a, descripton: x}]\n',
      ["parse/unknown-key models/a.yml:1:20 The key 'descripton' is not known here"],
    ],
    [
      'a wrong type',
      'models: [{name: a, description: [x]}]\n',
      ["parse/wrong-type models/a.yml:1:33 'description' of 'a' has to be text"],
    ],
    [
      'a wrong type in a column',
      'models: [{name: a, columns: [{name: b, tags: x}]}]\n',
      ["parse/wrong-type models/a.yml:1:46 'tags' of 'b' has to be a list of texts"],
    ],
    ['no list', 'models: {name: a}\n', ["parse/wrong-type models/a.yml:1:9 'models' has to be a list"]],
    [
      'no name',
      'models: [{description: x}]\n',
      ["parse/missing-name models/a.yml:1:10 An entry of 'models' needs a 'name'"],
    ],
    [
      'an empty name, which dbt takes',
      "groups: [{name: '', owner: {name: me}}]\n",
      ["parse/missing-name models/a.yml:1:10 'name' of an entry of 'groups' is empty"],
    ],
    [
      'no such model',
      'models: [{name: aa}]\n',
      ["parse/unknown-patch models/a.yml:1:10 No model is named 'aa', which 'models' in models/a.yml describes"],
    ],
    [
      'the wrong section',
      'seeds: [{name: a}]\n',
      ["parse/wrong-section models/a.yml:1:9 'a' is a model, but is described under 'seeds'"],
    ],
    [
      'two entries',
      'models: [{name: a}, {name: a}]\n',
      ["parse/duplicate-patch models/a.yml:1:21 'a' is described twice: in models/a.yml and in models/a.yml"],
    ],
    [
      'a missing docs block',
      'models:\n  - name: a\n    description: "{{ doc(\'nix\') }}"\n',
      ["parse/unknown-doc models/a.yml:3:18 No docs block is named 'nix'"],
    ],
    [
      'docs blocks that are missing of what is missing or disabled',
      [
        'models: [{name: a, config: {enabled: false}, description: "{{ doc(\'n1\') }}"}]',
        'seeds: [{name: s, columns: [{name: x, description: "{{ doc(\'n2\') }}"}]}]',
        'sources: [{name: raw, tables: [{name: t, config: {enabled: false}, description: "{{ doc(\'n3\') }}"}, {name: u, description: "{{ doc(\'n4\') }}"}]}]',
        'exposures: [{name: e, type: notebook, owner: {name: x}, config: {enabled: false}, description: "{{ doc(\'n5\') }}"}]',
      ].join('\n'),
      [
        "parse/unknown-patch models/a.yml:2:9 No seed is named 's', which 'seeds' in models/a.yml describes",
        "parse/unknown-doc models/a.yml:3:124 No docs block is named 'n4'",
      ],
    ],
    [
      'broken templates in descriptions of any depth',
      'models:\n  - name: a\n    description: "{{ var("\n    columns:\n      - {name: b, description: "{% if"}\nsources:\n  - {name: s, description: "{{ x", tables: []}\n',
      [
        "parse/template-error models/a.yml:3:18 unexpected 'end of template'",
        "parse/template-error models/a.yml:5:32 unexpected 'end of template'",
        'parse/template-error models/a.yml:7:28 unexpected end of template',
      ],
    ],
    [
      'freshness below config',
      'sources:\n  - name: s\n    config: {freshness: soon}\n    tables:\n      - {name: t, config: {freshness: {warn_afer: {}, error_after: {cuont: 1, period: day}}}}\n',
      [
        "parse/wrong-type models/a.yml:3:25 'freshness' has to be a mapping, or empty",
        "parse/unknown-key models/a.yml:5:40 The key 'warn_afer' is not known here",
        "parse/unknown-key models/a.yml:5:69 The key 'cuont' is not known here",
      ],
    ],
    [
      'what a saved query groups by',
      'saved_queries:\n  - name: q1\n    query_params: {metrics: [], group_by: [order__status, "Dimension(\'o__s\')"]}\n',
      [
        "parse/wrong-value models/a.yml:3:44 'group_by' of the saved query 'q1' has 'order__status', which is no call of Dimension, TimeDimension or Entity",
      ],
    ],
    [
      'both spellings of tests',
      'models: [{name: a, tests: [x], data_tests: []}]\n',
      [
        "parse/tests-twice models/a.yml:1:20 There can be 'tests' or 'data_tests', not both",
        "parse/unknown-test models/a.yml:1:28 No generic test is named 'x'",
      ],
    ],
    [
      'config twice',
      'models: [{name: a, meta: {x: 1}, config: {meta: {}}}]\n',
      ["parse/config-twice models/a.yml:1:20 'meta' is set beside 'config' and in it"],
    ],
    [
      'an unknown group',
      'models: [{name: a, group: g}]\n',
      ["parse/unknown-group models/a.yml:1:10 'a' is in group 'g', which does not exist"],
    ],
    [
      'broken YAML',
      'models:\n  - name: a\n   columns: x\n',
      [
        'parse/yaml-syntax models/a.yml:3:4 This line is indented by 3, which fits no line above it (the line before: 4)',
      ],
    ],
    [
      'a missing variable',
      'models: [{name: a, config: {alias: "{{ var(\'nix\') }}"}}]\n',
      ["parse/template-error models/a.yml:1:40 Required var 'nix' not found"],
    ],
    [
      'a version that is not there',
      'models: [{name: a, latest_version: 3, versions: [{v: 1, defined_in: a}]}]\n',
      ["parse/version models/a.yml:1:36 latest_version 3 is not one of the versions of 'a': 1"],
    ],
    [
      'a contract without columns',
      'models: [{name: a, config: {contract: {enforced: true}}}]\n',
      ["parse/contract models/a.yml:1:10 The contract of 'a' is enforced, but its columns are not described"],
    ],
    [
      'an owner without a name',
      'groups: [{name: g, owner: {}}]\n',
      ["parse/owner models/a.yml:1:27 'g' needs an 'owner' with a 'name' or an 'email'"],
    ],
  ];
  test.each(problems)('%s is told with its place', (_, yaml, expected) => {
    const files: Files = { 'models/a.sql': 'select 1', 'models/a.yml': yaml };
    const found = told(parseFiles(files).diagnostics, files);
    expect(found.map((line, index) => line.slice(0, expected[index]?.length))).toEqual(expected);
  });
});

test.each([
  ['models:\n  orders:\n    description: x\n', "'models' has to be a list", '- name: orders'],
  ['models:\n  - name: a\n    columns: [id, day]\n', 'has to be a list of mappings', '- name: id'],
  ['models:\n  - name: a\n    data_tests: unique\n', 'has to be a list', 'Write data_tests: [unique]'],
  ['groups:\n  - fin\n', 'has to be a mapping', '- name: fin'],
])('what is to be a list is told with the way to write it: %j', (text, message, hint) => {
  const { diagnostics } = parseFiles({ 'models/a.sql': '', 'models/a.yml': text });
  expect(diagnostics).toMatchObject([
    { message: expect.stringContaining(message), hint: expect.stringContaining(hint) },
  ]);
});

// Where dbt refuses a key that it does not know, and where it leaves it aside.
test.each<[yaml: string, severity: 'error' | 'warning']>([
  ['models: [{name: a, KEY: 1}]', 'warning'],
  ['sources: [{name: s, tables: [{name: t, KEY: 1}]}]', 'warning'],
  ['macros: [{name: m, KEY: 1}]', 'warning'],
  ['sources: [{name: s, KEY: 1, tables: [{name: t}]}]', 'error'],
  ['exposures: [{name: e, type: dashboard, owner: {name: o}, KEY: 1}]', 'error'],
  ['groups: [{name: g, owner: {name: o}, KEY: 1}]', 'error'],
  ['macros: [{name: m, arguments: [{name: x, KEY: 1}]}]', 'error'],
  ['models: [{name: a, versions: [{v: 1, defined_in: a, KEY: 1}]}]', 'error'],
  ['models: [{name: a, versions: [{v: 1, defined_in: a, columns: [{include: all, KEY: [x]}]}]}]', 'error'],
  ['unit_tests: [{name: u, model: a, given: [], expect: {rows: [], KEY: 1}}]', 'error'],
  ['unit_tests: [{name: u, model: a, given: [], overrides: {KEY: 1}, expect: {rows: [{x: 1}]}}]', 'error'],
  ['saved_queries: [{name: q, KEY: 1, query_params: {metrics: []}}]', 'error'],
])('a key that is not known: %s', (yaml, severity) => {
  const files: Files = {
    'models/a.sql': 'select 1 as x',
    'macros/m.sql': '{% macro m(x) %}{% endmacro %}',
    'models/a.yml': yaml.replace('KEY', 'kye'),
  };
  const { diagnostics } = parseFiles(files);
  expect(diagnostics.filter(({ code }) => code === 'parse/unknown-key')).toMatchObject([{ severity }]);
});

test.each([
  ['sources: [{name: s, quoting: {databse: true}, tables: [{name: t}]}]', "not 'databse'"],
  ['models: [{name: a, data_tests: }]', "'data_tests' of 'a' has to be a list"],
  [
    'models: [{name: a, columns: [{name: x}], versions: [{v: 1, defined_in: a, columns: [{exclude: [x]}]}]}]',
    "needs 'include'",
  ],
  ['macros: [{name: m, arguments: [{type: int}]}]', "An argument of the macro 'm' needs 'name'"],
])('what dbt refuses is told: %s', (yaml, message) => {
  const { diagnostics } = parseFiles({
    'models/a.sql': 'select 1 as x',
    'macros/m.sql': '{% macro m(x) %}{% endmacro %}',
    'models/a.yml': yaml,
  });
  expect(diagnostics).toMatchObject([{ severity: 'error', message: expect.stringContaining(message) }]);
});

// Each as dbt 1.11 has it.
test.each([
  ['{% raw %}{% docs z %}{% endraw %}{% docs x %}A{% enddocs %}', { x: 'A' }],
  // A name in the closing tag means nothing.
  ['{% docs a %}A{% enddocs a %}{% docs b %}B{%- enddocs -%}', { a: 'A', b: 'B' }],
  ['{% docs x %}{% raw %}{% docs y %}A{% enddocs %}{% endraw %}{% enddocs %}', { x: '{% docs y %}A{% enddocs %}' }],
  ['{% docs x of orders %}A{% enddocs %}', { x: 'A' }],
])('docs blocks in %s', (text, expected) => {
  const { docs } = parseFiles({ 'models/texts.md': text });
  expect(Object.fromEntries([...docs.values()].map((doc) => [doc.name, doc.block_contents]))).toEqual(expected);
});

// dbt refuses each of them; taken for nothing, a misspelt schema would be the usual one.
test.each([
  ["sources: [{name: s, schema: '{{ target.shema }}', tables: [{name: t}]}]", "has no attribute 'shema'"],
  ["models: [{name: a, config: {alias: '{{ nope }}'}}]", "'nope' is undefined"],
  ["models: [{name: a, data_tests: [{x: {config: {where: '{{ nope }}'}}}]}]", "'nope' is undefined"],
])('a template that comes to nothing known is told: %s', (yaml, message) => {
  const { diagnostics } = parseFiles({
    'models/a.sql': 'select 1 as x',
    'macros/t.sql': '{% test x(model) %}select 1{% endtest %}',
    'models/a.yml': yaml,
  });
  expect(diagnostics).toMatchObject([{ code: 'parse/template-error', message: expect.stringContaining(message) }]);
});
