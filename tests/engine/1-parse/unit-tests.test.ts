import { describe, expect, test } from 'vitest';
import { readCsv } from '../../../src/1-parse/unit-tests/read-csv.ts';
import { type Files, parseFiles, projectOnDisk, told } from './project-on-disk.ts';

const models: Files = {
  'models/orders.sql': 'select 1 as id',
  'models/totals.sql': "select * from {{ ref('orders') }}",
};

function unitTest(text: string, files: Files = {}) {
  const all = { ...models, 'models/tests.yml': `unit_tests:\n${text}`, ...files };
  const project = parseFiles(all);
  return { project, problems: told(project.diagnostics, all), tests: [...project.unit_tests.values()] };
}

describe('unit tests in properties files', () => {
  test("are nodes with dbt's fields and defaults", () => {
    const { tests, problems } = unitTest(`
  - name: adds_up
    model: totals
    description: All of it
    config: {tags: nightly, meta: {owner: me}}
    given:
      - input: ref('orders')
        rows: [{id: 1}]
    expect: {rows: [{id: 1}]}
`);
    expect(problems).toEqual([]);
    expect(tests).toMatchObject([
      {
        resource_type: 'unit_test',
        unique_id: 'unit_test.shop.totals.adds_up',
        fqn: ['shop', 'totals', 'adds_up'],
        path: 'tests.yml',
        original_file_path: 'models/tests.yml',
        description: 'All of it',
        tags: ['nightly'],
        config: { enabled: true, tags: ['nightly'], meta: { owner: 'me' } },
        given: [{ input: "ref('orders')", rows: [{ id: 1 }], format: 'dict', fixture: null }],
        expect: { rows: [{ id: 1 }], format: 'dict', fixture: null },
        overrides: null,
        versions: null,
        version: null,
        depends_on: { nodes: [], macros: [] },
      },
    ]);
  });

  test('take rows from CSV texts, where what is empty is null, and from files of both kinds', () => {
    const { tests, problems } = unitTest(
      `
  - name: adds_up
    model: totals
    given:
      - {input: ref('orders'), format: csv, rows: "id,name\\n1,\\n2,\\"a, \\"\\"b\\"\\"\\"\\n"}
      - {input: this, format: csv, fixture: some_orders}
    expect: {format: sql, fixture: wanted}
`,
      {
        'tests/fixtures/deep/some_orders.csv': 'id\n7\n\n8\n',
        'tests/fixtures/wanted.sql': '\nselect 1 as id\n',
      },
    );
    expect(problems).toEqual([]);
    expect(tests[0]?.given.map(({ rows }) => rows)).toEqual([
      [
        { id: '2', name: 'a, "b"' },
        { id: '1', name: null },
      ],
      [{ id: '7' }, { id: '8' }],
    ]);
    expect(tests[0]?.expect).toEqual({ rows: 'select 1 as id', format: 'sql', fixture: 'wanted' });
    expect(tests[0]?.fixture_files).toEqual({
      some_orders: 'tests/fixtures/deep/some_orders.csv',
      wanted: 'tests/fixtures/wanted.sql',
    });
  });

  test('take the rows of a seed from its file where they give none', () => {
    const { tests, problems } = unitTest(
      `
  - {name: t, model: totals, given: [{input: ref('countries')}], expect: {rows: []}}
`,
      {
        'seeds/countries.csv': 'code;name\nde;Germany\n',
        'seeds/s.yml': 'seeds: [{name: countries, config: {delimiter: ";"}}]',
      },
    );
    expect(problems).toEqual([]);
    expect(tests[0]?.given[0]?.rows).toEqual([{ code: 'de', name: 'Germany' }]);
  });

  test('have settings of the project file, and are disabled by them', () => {
    const { project } = unitTest(
      `
  - {name: a, model: totals, given: [], expect: {rows: []}}
  - {name: b, model: totals, given: [], expect: {rows: []}, config: {enabled: false}}
`,
      { 'dbt_project.yml': 'name: shop\nprofile: shop\nunit_tests:\n  shop: {totals: {+tags: unit}}\n' },
    );
    expect(project.unit_tests.get('unit_test.shop.totals.a')?.tags).toEqual(['unit']);
    expect([...project.unit_tests.keys()]).toEqual(['unit_test.shop.totals.a']);
    expect([...project.disabled.keys()]).toEqual(['unit_test.shop.totals.b']);
  });

  test('are rendered, descriptions with docs blocks', () => {
    const { tests, problems } = unitTest(
      `
  - name: t
    model: totals
    description: "{{ doc('told') }}"
    given: [{input: ref('orders'), rows: [{id: "{{ 1 + 1 }}"}]}]
    expect: {rows: []}
`,
      { 'models/docs.md': '{% docs told %}A story{% enddocs %}' },
    );
    expect(problems).toEqual([]);
    expect(tests[0]).toMatchObject({ description: 'A story', given: [{ rows: [{ id: '2' }] }] });
  });

  // What dbt 1.11 wrote into manifest.json for the same files.
  test("have dbt's checksum", () => {
    const { tests } = unitTest(
      `
  - name: full
    model: totals
    description: All rows
    overrides:
      macros: {is_incremental: false, rate: 3}
      vars: {currency: USD}
      env_vars: {X_ENV: 7}
    given:
      - input: ref('orders')
        rows:
          - {id: 1, name: null, amount: 1}
          - {id: 2, name: bob, amount: 2}
          - {id: 3, name: eve, amount: 2}
    expect:
      rows:
        - {id: 1, name: null, amount: 3, currency: USD, env: "7"}
        - {id: 2, name: BOBBY, amount: 6, currency: USD, env: "7"}
        - {id: 4, name: null, amount: 3, currency: USD, env: "7"}
  - name: shapes
    model: totals
    versions: {}
    overrides:
      macros: {is_incremental: false}
    given:
      - input: ref('orders')
        format: csv
        rows: |
          id,name
          ,x
          2,"it's, ""q"""
    expect:
      format: csv
      fixture: exp
  - name: sq
    model: totals
    overrides:
      macros: {is_incremental: false}
      vars: {l: [1, 2.5, "ü\\n", true, null]}
    given:
      - input: ref('orders')
        format: sql
        rows: |
          select 1 as id, 'x' as name, 2 as amount
    expect:
      format: sql
      fixture: exps
  - name: floats
    model: totals
    overrides:
      vars: {rate: 3.0}
    given:
      - input: ref('orders')
        rows: [{id: 1, amount: 5.00}, {id: 2, amount: 2.5}]
    expect:
      rows: [{id: 1, amount: 5.0}, {id: 2, amount: 1e3}]
`,
      { 'tests/fixtures/exp.csv': 'id,name\n2,"a"\n\n3,\n', 'tests/fixtures/exps.sql': '\nselect 1 as id\n' },
    );
    expect(Object.fromEntries(tests.map(({ name, checksum }) => [name, checksum]))).toEqual({
      full: 'e26eb026a32d96a527b7c4bc66bdf4f2bf5a2aa3c15f9a7c7d25c80ce177b01c',
      shapes: '9b470958d5324d1b026918a7972a3c2b4f25f0b8eec83c12d26819b3dceb0e45',
      sq: 'b95dcb971be4e26ccd7c69a470ace05aec72eebc83f83444eef58d8b3fb8858f',
      floats: '6d53f30bf6c101a1cf711c6e65d265875cb3897fe216b4bd718df37fb538a5be',
    });
  });

  test('are read again when a fixture changes, and only then differ', () => {
    const disk = projectOnDisk({
      ...models,
      'models/tests.yml': 'unit_tests: [{name: t, model: totals, given: [], expect: {format: csv, fixture: wanted}}]\n',
      'tests/fixtures/wanted.csv': 'id\n1\n',
    });
    const rows = () => disk.parse({ cache: true }).unit_tests.get('unit_test.shop.totals.t')?.expect.rows;
    expect(rows()).toEqual([{ id: '1' }]);
    expect(rows()).toEqual([{ id: '1' }]);
    disk.write({ 'tests/fixtures/wanted.csv': 'id\n1\n22\n' });
    expect(rows()).toEqual([{ id: '1' }, { id: '22' }]);
  });
});

describe('what is wrong with a unit test', () => {
  const mistakes: readonly (readonly [what: string, yaml: string, expected: readonly string[]])[] = [
    [
      'parts that are missing',
      '  - {name: t, given: [{rows: []}]}\n',
      [
        "parse/unit-test-incomplete models/tests.yml:2:5 The unit test 't' needs 'model'",
        "parse/unit-test-incomplete models/tests.yml:2:5 The unit test 't' needs 'expect'",
        "parse/unit-test-incomplete models/tests.yml:2:23 An input of the unit test 't' needs 'input'",
      ],
    ],
    [
      'a format that there is not',
      '  - {name: t, model: totals, given: [], expect: {format: cvs, rows: []}}\n',
      [
        "parse/wrong-value models/tests.yml:2:58 'format' of the unit test 't' has to be one of dict, csv, sql, but is 'cvs'",
      ],
    ],
    [
      'a format that is no text',
      '  - {name: t, model: totals, given: [], expect: {format: {csv: 1}, rows: []}}\n',
      ["parse/wrong-type models/tests.yml:2:58 'format' has to be text"],
    ],
    [
      'rows that do not fit their format',
      '  - {name: t, model: totals, given: [{input: this, format: csv, rows: [{a: 1}]}], expect: {rows: a}}\n',
      [
        "parse/unit-test-rows models/tests.yml:2:71 The unit test 't' has rows that do not match the format 'csv': text is wanted, or a 'fixture'",
        "parse/unit-test-rows models/tests.yml:2:98 The unit test 't' has rows that do not match the format 'dict': a list of mappings is wanted",
      ],
    ],
    [
      'a file without a format',
      '  - {name: t, model: totals, given: [], expect: {fixture: wanted}}\n',
      [
        "parse/unit-test-rows models/tests.yml:2:59 The unit test 't' has rows that do not match the format 'dict': a list of mappings is wanted",
      ],
    ],
    [
      'a row of CSV that is too long',
      '  - {name: t, model: totals, given: [], expect: {format: csv, rows: "a,b\\n1,2,3"}}\n',
      [
        "parse/unit-test-rows models/tests.yml:2:69 Row 1 has 3 values, but there are 2 columns (CSV of the unit test 't')",
      ],
    ],
    [
      'a file that is not there',
      '  - {name: t, model: totals, given: [], expect: {format: csv, fixture: wnated}}\n',
      [
        "parse/unknown-fixture models/tests.yml:2:72 The unit test 't' names the fixture 'wnated', which is no file below tests/fixtures",
      ],
    ],
    [
      'a file of the other kind',
      '  - {name: t, model: totals, given: [], expect: {format: sql, fixture: wanted}}\n',
      [
        "parse/unit-test-rows models/tests.yml:2:72 The fixture 'wanted' of the unit test 't' is a CSV file, but the format is 'sql'",
      ],
    ],
    [
      'an input without rows that is no seed',
      "  - {name: t, model: totals, given: [{input: ref('orders')}], expect: {rows: []}}\n",
      [
        "parse/unit-test-rows models/tests.yml:2:38 The input ref('orders') of the unit test 't' has no rows, and is no seed that could give them",
      ],
    ],
    [
      'two of one name',
      '  - {name: t, model: totals, given: [], expect: {rows: []}}\n  - {name: t, model: totals, given: [], expect: {rows: []}}\n',
      ["parse/duplicate-unit-test models/tests.yml:3:5 The model 'totals' has two unit tests named 't'"],
    ],
    [
      'a key that is misspelt',
      '  - {name: t, modle: totals, model: totals, given: [], expect: {rows: []}}\n',
      ["parse/unknown-key models/tests.yml:2:15 The key 'modle' is not known here"],
    ],
  ];

  test.each(mistakes)('%s', (_what, yaml, expected) => {
    const { problems } = unitTest(yaml, { 'tests/fixtures/wanted.csv': 'id\n1\n' });
    expect(problems).toEqual(expected);
  });

  test('two fixtures of one name', () => {
    const { problems } = unitTest('  []\n', {
      'tests/fixtures/a/rows.csv': 'id\n',
      'tests/fixtures/b/rows.csv': 'id\n',
    });
    expect(problems).toEqual(["parse/duplicate-fixture tests/fixtures/b/rows.csv:1:1 Two fixtures are named 'rows'"]);
  });

  test('a fixture that is nearly meant is named', () => {
    const { project } = unitTest('  - {name: t, model: totals, given: [], expect: {format: csv, fixture: wnated}}\n', {
      'tests/fixtures/wanted.csv': 'id\n1\n',
    });
    expect(project.diagnostics[0]?.hint).toBe("Did you mean 'wanted'?");
  });
});

describe('CSV', () => {
  // Python 3.11, `list(csv.reader(io.StringIO(text)))`, lines without anything left out.
  const texts: readonly (readonly [text: string, lines: readonly (readonly string[])[]])[] = [
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a\n\n"x\ny"\n', [['a'], ['x\ny']]],
    [
      'a,b\n,\n',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    ['a\n"1""2"3\n', [['a'], ['1"23']]],
    [
      'a,b\n1," 2"\n',
      [
        ['a', 'b'],
        ['1', ' 2'],
      ],
    ],
    ['a\nx"y"\n', [['a'], ['x"y"']]],
    ['', []],
  ];

  test.each(texts)('%j', (text, lines) => {
    const { header, rows } = readCsv(text);
    expect(lines.length === 0 ? [] : [header, ...rows.map(({ values }) => values)]).toEqual(lines);
  });
});
