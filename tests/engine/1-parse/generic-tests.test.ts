import { describe, expect, test } from 'vitest';
import type { TestNode } from '../../../src/core/index.ts';
import { type Files, type ParseOptions, parseFiles, told } from './project-on-disk.ts';

function testsOf(yaml: string, files: Files = {}, options: ParseOptions = {}): TestNode[] {
  const project = parseFiles(
    { 'models/a.sql': 'select 1', 'models/s.sql': '', 'models/a.yml': yaml, ...files },
    options,
  );
  expect(project.diagnostics).toEqual([]);
  return [...project.nodes.values()].filter((node) => node.resource_type === 'test');
}

const column = (tests: string, rest = ''): string =>
  `models: [{name: a, columns: [{name: id, tests: [${tests}]${rest}}]}]`;

// Names, hashes and code as dbt 1.11 writes them for the same files.
describe('generic tests', () => {
  test('have the names that dbt gives them', () => {
    const ids = testsOf(
      column(
        "unique, not_null, {relationships: {to: ref('s'), field: id}}, {accepted_values: {arguments: {values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]}}}",
      ),
    ).map(({ unique_id }) => unique_id);
    expect(ids).toEqual([
      'test.shop.unique_a_id.f6a5f640da',
      'test.shop.not_null_a_id.c1cebc1440',
      'test.shop.relationships_a_id__id__ref_s_.befe220c45',
      'test.shop.accepted_values_a_id__1__2__3__4__5__6__7__8__9__10__11__12__13__14__15.a47549cc7e',
    ]);
  });

  test('depend on the macro that takes the place of get_where_subquery', () => {
    const macro = '{% macro get_where_subquery(relation) %}{{ relation }}{% endmacro %}';
    const macrosOf = (files?: Files) =>
      testsOf(column('{accepted_values: {values: [1]}}'), files).map((node) => node.depends_on.macros);
    expect(macrosOf()).toEqual([['macro.dbt.test_accepted_values', 'macro.dbt.get_where_subquery']]);
    expect(macrosOf({ 'macros/w.sql': macro })).toEqual([
      ['macro.dbt.test_accepted_values', 'macro.shop.get_where_subquery'],
    ]);
  });

  test('of dbt depend on what the project has for them to dispatch to', () => {
    const macro = '{% macro default__test_not_null(model, column_name) %}select 1{% endmacro %}';
    const [own, others] = testsOf(column('dbt.not_null, unique'), { 'macros/t.sql': macro });
    expect(own?.depends_on.macros).toEqual(['macro.dbt.test_not_null', 'macro.shop.default__test_not_null']);
    expect(own?.raw_code).toBe('{{ dbt.test_not_null(**_dbt_generic_test_kwargs) }}');
    expect(others?.depends_on.macros).toEqual(['macro.dbt.test_unique']);
  });

  test('keep in their names what was written as a float', () => {
    const yaml = `models: [{name: m, columns: [{name: a, tests: [
      {accepted_values: {arguments: {values: [1.0, 2.50, 3]}}}, {between: {min_value: 5.0}},
      {between: {arguments: {min_value: 6, others: {k: 7.0}}, name: other}}]}]}]`;
    const files = {
      'models/m.sql': 'select 1.0 as a',
      'macros/t.sql':
        '{% test between(model, column_name, min_value, others={}) %}select {{ min_value }} from {{ model }}{% endtest %}',
    };
    expect(testsOf(yaml, files).map(({ unique_id }) => unique_id)).toEqual([
      'test.shop.accepted_values_m_a__1_0__2_5__3.efe5c687a3',
      'test.shop.between_m_a__5_0.a40192e6d5',
      'test.shop.other.dfe9ce4715',
    ]);
  });

  test('of a version of a model name it by text, as their code does, but for the two that dbt does not run', () => {
    const tests = '[not_null, unique, {accepted_values: {values: [1]}}]';
    const yaml = `models: [{name: a, columns: [{name: id, tests: ${tests}}], versions: [{v: 1, defined_in: a}]}]`;
    const found = testsOf(yaml).map(({ name, refs }) => [name.split('_a')[0], ...refs.map(({ version }) => version)]);
    expect(found).toEqual([
      ['not_null', 1],
      ['unique', 1],
      ['accepted_values', '1'],
    ]);
  });

  test.each([
    [
      '{% test t(model, column_name, min=0) %}{% endtest %}',
      '{t: {arguments: {mni: 3}}}',
      "no argument 'mni'",
      "Did you mean 'min'?",
    ],
    ['{% test t(model) %}{% endtest %}', 't', "no argument 'column_name'", 'put the test below the model'],
    ['{% test t(column_name) %}{% endtest %}', 't', "no argument 'model'", "a first argument 'model'"],
    [
      "{% test t(model, column_name) %}{{ ref('a') }}{% endtest %}",
      '{t: {x: 3}}',
      "no argument 'x'",
      'It takes model, column_name',
    ],
  ])('are told with an argument that their macro does not take: %s', (macro, use, message, hint) => {
    const files = { 'models/a.sql': 'select 1', 'models/a.yml': column(use), 'macros/t.sql': macro };
    const expected = {
      code: 'parse/unknown-test-argument',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    };
    expect(parseFiles(files).diagnostics).toMatchObject([expected]);
  });

  test('take any arguments where their macro reads kwargs', () => {
    const files = { 'macros/t.sql': '{% test t(model) %}{{ kwargs }}{% endtest %}' };
    expect(testsOf(column('{t: {x: 3}}'), files)).toHaveLength(1);
  });

  test('with a long name have a short alias and file', () => {
    const [node] = testsOf(column('{accepted_values: {values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]}}'));
    expect(node).toMatchObject({
      alias: 'accepted_values_a_56d4c49786edc3909224b3fb8fc2e391',
      path: 'accepted_values_a_56d4c49786edc3909224b3fb8fc2e391.sql',
      config: { alias: 'accepted_values_a_56d4c49786edc3909224b3fb8fc2e391' },
      raw_code:
        '{{ test_accepted_values(**_dbt_generic_test_kwargs) }}{{ config(alias="accepted_values_a_56d4c49786edc3909224b3fb8fc2e391") }}',
    });
  });

  test('know what they are attached to and what they read', () => {
    const [node] = testsOf(column("{relationships: {to: ref('s'), field: id}}", ', tags: [key]'));
    expect(node).toMatchObject({
      column_name: 'id',
      attached_node: 'model.shop.a',
      file_key_name: 'models.a',
      original_file_path: 'models/a.yml',
      fqn: ['shop', 'relationships_a_id__id__ref_s_'],
      tags: ['key'],
      refs: [{ name: 's' }, { name: 'a' }],
      depends_on: { macros: ['macro.dbt.test_relationships', 'macro.dbt.get_where_subquery'] },
      test_metadata: {
        name: 'relationships',
        namespace: null,
        kwargs: { to: "ref('s')", field: 'id', column_name: 'id', model: "{{ get_where_subquery(ref('a')) }}" },
      },
      schema: 'main_dbt_test__audit',
      relation_name: null,
    });
  });

  test('take settings beside their arguments or below config', () => {
    const [one, two] = testsOf(
      column(
        "{unique: {severity: warn, where: 'id > 1'}}, {not_null: {config: {severity: warn, where: \"{{ var('since', 'x') }}\", error_if: '>5'}}}",
      ),
    );
    expect(one?.config).toMatchObject({ severity: 'warn', where: 'id > 1' });
    expect(two?.config).toMatchObject({ severity: 'warn', where: 'x', error_if: '>5' });
  });

  test('can have names of their own, and the name of the test apart', () => {
    const [node] = testsOf(column('{name: mine, test_name: unique, description: why, config: {tags: [x]}}'));
    expect(node).toMatchObject({
      name: 'mine',
      description: 'why',
      tags: ['x'],
      raw_code: "{{ test_unique(**_dbt_generic_test_kwargs) }}{{ config(tags=['x']) }}",
    });
    expect(node?.unique_id).toMatch(/^test\.shop\.mine\.[0-9a-f]{10}$/);
  });

  test('count the folders of their file from the second on, as in dbt', () => {
    const files = {
      'dbt_project.yml': 'name: shop\nversion: "1.0"\nprofile: shop\nmodel-paths: [shop/models]\n',
      'shop/models/a.sql': 'select 1',
      'shop/models/a.yml': column('unique'),
    };
    const found = [...parseFiles(files).nodes.values()].map(({ fqn }) => fqn);
    expect(found).toEqual([
      ['shop', 'a'],
      ['shop', 'models', 'unique_a_id'],
    ]);
  });

  test('have docs blocks and variables in their descriptions', () => {
    const describedBy = (text: string): string => column(`{unique: {description: "${text}"}}`);
    const docs = { 'models/d.md': '{% docs keys %}One row for each.{% enddocs %}' };
    const [node] = testsOf(describedBy("{{ doc('keys') }} Since {{ var('year') }}."), docs, { vars: { year: 2024 } });
    expect(node).toMatchObject({ description: 'One row for each. Since 2024.', doc_blocks: ['doc.shop.keys'] });
    const files = { 'models/a.sql': 'select 1', 'models/a.yml': describedBy("{{ doc('kyes') }}"), ...docs };
    expect(told(parseFiles(files).diagnostics, files)).toEqual([
      "parse/unknown-doc models/a.yml:1:49 No docs block is named 'kyes'",
    ]);
  });

  test('of models have no column, and quoted columns are tested under their quoted name', () => {
    const [ofColumn, ofModel] = testsOf(
      'models: [{name: a, data_tests: [{unique: {column_name: x}}], columns: [{name: order, quote: true, data_tests: [not_null]}]}]',
    );
    expect(ofColumn).toMatchObject({ column_name: '"order"', name: 'not_null_a__order_' });
    expect(ofModel).toMatchObject({ column_name: null, name: 'unique_a_x' });
  });

  test('that store failures have a relation', () => {
    const [stored, not] = testsOf(column('{unique: {store_failures: true}}, not_null'));
    expect(stored?.relation_name).toBe('"db"."main_dbt_test__audit"."unique_a_id"');
    expect(stored?.config).toMatchObject({ store_failures: true, store_failures_as: 'table' });
    expect(not?.relation_name).toBeNull();
    const [byFlag] = testsOf(column('not_null'), {}, { storeFailures: true });
    expect(byFlag?.relation_name).toBe('"db"."main_dbt_test__audit"."not_null_a_id"');
  });

  test('that say that they store nothing have no relation, whatever the call says', () => {
    for (const config of ['store_failures_as: ephemeral', 'store_failures: false']) {
      const [test] = testsOf(column(`{not_null: {config: {${config}}}}`), {}, { storeFailures: true });
      expect(test?.relation_name).toBeNull();
    }
  });

  test('written as macros win over built-in ones, and bring their refs and settings', () => {
    const macro =
      "{% test positive(model, column_name, other='s') %}{{ config(severity='warn', tags=['m']) }}select * from {{ model }}, {{ ref(other) }}{% endtest %}";
    const [node] = testsOf(column('{positive: {tags: [y]}}'), { 'tests/generic/positive.sql': macro });
    expect(node).toMatchObject({
      refs: [{ name: 'a' }, { name: 's' }],
      config: { severity: 'warn', tags: ['y', 'm', 'y'] },
      tags: ['y', 'm'],
      depends_on: { macros: ['macro.shop.test_positive', 'macro.dbt.get_where_subquery'] },
    });
  });

  test('have a tag once that their macro sets twice', () => {
    const macro = "{% test twice(model) %}{{ config(tags=['m']) }}{{ config(tags=['m']) }}select 1{% endtest %}";
    const [node] = testsOf('models: [{name: a, data_tests: [twice]}]', { 'tests/generic/twice.sql': macro });
    expect(node).toMatchObject({ config: { tags: ['m', 'm'] }, tags: ['m'] });
  });

  test('of a package are found under its name', () => {
    const files = {
      'dbt_packages/tools/dbt_project.yml': 'name: tools\n',
      'dbt_packages/tools/macros/t.sql': '{% test fresh(model) %}select 1{% endtest %}',
    };
    const [node] = testsOf('models: [{name: a, tests: [tools.fresh]}]', files);
    expect(node).toMatchObject({ name: 'tools_fresh_a_', test_metadata: { name: 'fresh', namespace: 'tools' } });
    expect(node?.raw_code).toBe('{{ tools.test_fresh(**_dbt_generic_test_kwargs) }}');
  });

  test('tell which columns identify a row', () => {
    const { nodes } = parseFiles({
      'models/a.sql': '',
      'models/a.yml':
        'models: [{name: a, columns: [{name: id, tests: [unique, not_null]}, {name: b, tests: [unique]}]}]',
    });
    expect(nodes.get('model.shop.a')).toMatchObject({ primary_key: ['id'] });
  });

  test('that are written wrongly are errors where they stand', () => {
    const files = {
      'models/a.sql': '',
      'models/a.yml': `models:
  - name: a
    columns:
      - name: id
        tests:
          - uniqe
          - unique: {}
            not_null: {}
          - not_null:
          - unique: [x]
          - unique: {model: x}
          - unique: {severity: warn, config: {severity: error}}
          - 7
          - unique: {config: {severity: never}}
          - unique
          - unique
          - tools.fresh
`,
    };
    expect(told(parseFiles(files).diagnostics, files)).toEqual([
      "parse/test-shape models/a.yml:7:13 A test is a mapping with one key, the test's name; this one has 2",
      "parse/test-shape models/a.yml:9:13 The arguments of test 'not_null' have to be a mapping, but are nothing",
      "parse/test-shape models/a.yml:10:13 The arguments of test 'unique' have to be a mapping, but are a list",
      "parse/test-arguments models/a.yml:11:13 A test cannot have an argument 'model': it is what is tested",
      "parse/test-config-twice models/a.yml:12:32 'severity' is set beside 'config' and in it",
      'parse/test-shape models/a.yml:13:13 A test is a name, or a mapping with its arguments',
      "parse/unknown-test models/a.yml:6:13 No generic test is named 'uniqe'",
      "parse/config-value models/a.yml:14:41 'severity' of test 'unique_a_id' has to be 'warn' or 'error', but is \"never\"",
      "parse/duplicate-test models/a.yml:15:13 The test 'unique_a_id' is there twice",
      "parse/duplicate-test models/a.yml:16:13 The test 'unique_a_id' is there twice",
      "parse/unknown-test models/a.yml:17:13 No generic test is named 'tools.fresh'",
    ]);
    expect(parseFiles(files).diagnostics.find(({ code }) => code === 'parse/unknown-test')?.hint).toBe(
      "Did you mean 'unique'?",
    );
  });

  test('with a list of arguments are told the mapping that was meant', () => {
    const tests = '[{relationships: [{arguments: {to: ref("b"), field: id}}, {severity: warn}]}]';
    const files = { 'models/a.sql': '', 'models/a.yml': `models: [{name: a, tests: ${tests.replaceAll('"', "'")}}]\n` };
    expect(parseFiles(files).diagnostics[0]?.hint).toBe(
      `Write one mapping, without the dashes: {arguments: {"to":"ref('b')","field":"id"}, severity: warn}`,
    );
  });
});
