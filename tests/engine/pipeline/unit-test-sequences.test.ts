import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({ 'models/sources.yml': 'sources: [{name: till, tables: [{name: sales}]}]\n' });
});

afterEach(() => project.remove());

const unitTest = (lines: string): void =>
  project.write('models/_unit_tests.yml', `unit_tests:\n  - name: replay\n    model: booked\n${lines}`);

async function run(words = 'test --select test_type:unit'): Promise<{ code: number; said: string }> {
  const { exit, stdout, stderr } = await project.run(...words.split(' '));
  return { code: exit, said: stdout + stderr };
}

const incremental = (settings: string, condition: string): void =>
  project.write(
    'models/booked.sql',
    `{{ config(materialized='incremental', ${settings}) }}
select id, day::date as day, amount::int as amount from {{ source('till', 'sales') }}
{% if is_incremental() %} where ${condition} {% endif %}`,
  );

/** A first build of two days, and a row of the first day that comes with the third day. */
const lateRow = `    sequence:
      - given:
          - input: source('till', 'sales')
            rows:
              - {id: 1, day: 2024-03-01, arrived: 2024-03-01, amount: 10}
              - {id: 2, day: 2024-03-02, arrived: 2024-03-02, amount: 20}
      - given:
          - input: source('till', 'sales')
            rows:
              - {id: 3, day: 2024-03-03, arrived: 2024-03-03, amount: 30}
              - {id: 4, day: 2024-03-01, arrived: 2024-03-03, amount: 40}
`;

describe('a sequence of an incremental model', () => {
  test('that loses rows that come late is not the same as its full refresh, and shows the rows', async () => {
    incremental("unique_key='id'", 'day::date > (select max(day) from {{ this }})');
    unitTest(`${lateRow}    expect: same_as_full_refresh\n`);
    const { code, said } = await run();
    expect(said).toContain("The steps of the unit test 'replay' leave other rows in 'booked' than a full refresh");
    expect(said).toMatch(/- missing {3}4 +2024-03-01 +40/);
    expect(said).toContain('models/_unit_tests.yml:15:13');
    expect(code).toBe(1);
  });

  test('that takes them is', async () => {
    incremental("unique_key='id'", 'day::date >= (select max(day) - 2 from {{ this }})');
    unitTest(`${lateRow}    expect: same_as_full_refresh\n`);
    const { code, said } = await run();
    expect(said).toContain('PASS=1');
    expect(code).toBe(0);
  });

  test('needs neither tables nor a warehouse, and leaves none', async () => {
    incremental("unique_key='id'", 'true');
    unitTest(`${lateRow}    expect: same_as_full_refresh\n`);
    await run();
    const { said } = await run('show --inline');
    expect(said).not.toContain('booked');
  });

  test.each([
    ['append', [10, 20, 10, 20]],
    ['delete+insert', [11, 20]],
    ['merge', [11, 20]],
  ])('runs the statements of the strategy %s', async (strategy, amounts) => {
    const key = strategy === 'append' ? '' : ", unique_key='id'";
    incremental(`incremental_strategy='${strategy}'${key}`, 'true');
    const first = strategy === 'append' ? 10 : 11;
    unitTest(`    sequence:
      - given:
          - input: source('till', 'sales')
            rows: [{id: 1, day: 2024-03-01, amount: 10}, {id: 2, day: 2024-03-02, amount: 20}]
        expect: {rows: [{id: 1, amount: 10}, {id: 2, amount: 20}]}
      - given:
          - input: source('till', 'sales')
            replace: true
            rows: [{id: 1, day: 2024-03-01, amount: ${first}}, {id: 2, day: 2024-03-02, amount: 20}]
    expect: {rows: [${amounts.map((amount) => `{amount: ${amount}}`).join(', ')}]}
`);
    expect((await run()).said).toContain('PASS=1');
  });

  test('whose step is built again shows what is not the same twice', async () => {
    incremental("incremental_strategy='append'", 'day::date >= (select max(day) from {{ this }})');
    unitTest(`    sequence:
      - given:
          - {input: "source('till', 'sales')", rows: [{id: 1, day: 2024-03-01, amount: 10}]}
        rerun: true
    expect: same_as_full_refresh
`);
    const { said } = await run();
    expect(said).toMatch(/\+ extra +1 +2024-03-01 +10/);
  });

  test('says after which step its rows are others', async () => {
    incremental("unique_key='id'", 'true');
    unitTest(`    given:
      - input: source('till', 'sales')
        rows: [{id: 1, day: 2024-03-01, amount: 10}]
    sequence:
      - expect: {rows: [{id: 1, amount: 10}]}
      - given:
          - input: source('till', 'sales')
            rows: [{id: 2, day: 2024-03-01, amount: 20}]
        expect: {rows: [{id: 1, amount: 10}]}
    expect: {rows: [{id: 1}]}
`);
    const { said } = await run();
    expect(said).toContain("'booked' does not hold the rows that the unit test 'replay' expects after step 2");
    expect(said).toMatch(/\+ extra +2 +20/);
  });

  test('tells what a build of it fails for, and in which step', async () => {
    incremental("unique_key='id'", "day::date > (select max(day) from {{ this }}) and error('too late')");
    unitTest(`${lateRow}    expect: same_as_full_refresh\n`);
    const { said } = await run();
    expect(said).toContain('too late');
    expect(said).toContain("(step 2 of the unit test 'replay')");
  });

  test('takes rows from queries, and columns that come later', async () => {
    incremental("unique_key='id'", 'true');
    unitTest(`    sequence:
      - given:
          - {input: "source('till', 'sales')", format: sql, rows: "select 1 as id, '2024-03-01' as day, 5 as amount, 'x' as note"}
      - given:
          - {input: "source('till', 'sales')", rows: [{id: 2, day: 2024-03-02, amount: 7}]}
    expect: {rows: [{id: 1, amount: 5}, {id: 2, amount: 7}]}
`);
    expect((await run()).said).toContain('PASS=1');
  });

  test('leaves out columns of which it says so', async () => {
    project.write(
      'models/booked.sql',
      `{{ config(materialized='incremental', unique_key='id') }}
select id, {% if is_incremental() %} 'later' {% else %} 'first' {% endif %} as built from {{ source('till', 'sales') }}`,
    );
    const steps = `    sequence:
      - {given: [{input: "source('till', 'sales')", rows: [{id: 1}]}], rerun: true}\n`;
    unitTest(`${steps}    expect: {same_as_full_refresh: true, except: [built]}\n`);
    expect((await run()).said).toContain('PASS=1');
    unitTest(`${steps}    expect: same_as_full_refresh\n`);
    expect((await run()).said).toContain('[later]');
    unitTest(`${steps}    expect: {same_as_full_refresh: true, except: [id, build]}\n`);
    const { said } = await run();
    expect(said).toContain("leaves out a column 'build' that 'booked' has not");
    expect(said).toContain("Did you mean 'built'?");
    expect(said).toContain('models/_unit_tests.yml:6:55');
  });

  test('runs no hooks, and sees variables and macros that are overridden', async () => {
    project.write(
      'models/booked.sql',
      `{{ config(materialized='incremental', post_hook="insert into audit values (1)") }}
select {{ var('factor') }} * id as id from {{ source('till', 'sales') }}`,
    );
    unitTest(`    sequence:
      - {given: [{input: "source('till', 'sales')", rows: [{id: 2}]}]}
    overrides: {vars: {factor: 3}}
    expect: {rows: [{id: 6}]}
`);
    expect((await run()).said).toContain('PASS=1');
  });
});

describe('a sequence of a model with partitions', () => {
  beforeEach(() =>
    project.write(
      'models/booked.sql',
      `{{ config(materialized='incremental', publish='after_tests', partitions={'time': 'day', 'start': '2024-03-01', 'column': 'day'}) }}
select id, day::date as day, amount::int as amount from {{ source('till', 'sales') }} where {{ partition.filter('day::date') }}`,
    ),
  );
  const steps = (last: string): string => `    sequence:
      - given:
          - input: source('till', 'sales')
            rows: [{id: 1, day: 2024-03-01, amount: 10}, {id: 2, day: 2024-03-02, amount: 20}]
        partition: 2024-03-01..2024-03-02
        rerun: true
        expect: {rows: [{id: 1, amount: 10}, {id: 2, amount: 20}]}
      - given:
          - input: source('till', 'sales')
            rows: [{id: 3, day: 2024-03-01, amount: 5}, {id: 4, day: 2024-03-03, amount: 30}]
        partition: ${last}
    expect: same_as_full_refresh
`;

  test('has no row twice, however often a partition is built', async () => {
    unitTest(steps('[2024-03-01, 2024-03-03]'));
    expect((await run()).said).toContain('PASS=1');
  });

  test('loses a late row of a partition that is not built again', async () => {
    unitTest(steps('2024-03-03'));
    const { said } = await run();
    expect(said).toMatch(/- missing +3 +2024-03-01 +5/);
  });

  test('has to say which partitions are built', async () => {
    unitTest(steps('March'));
    expect((await run()).said).toContain("'March' is no partition of 'booked'");
    unitTest(steps('2024-03-03').replace('        partition: 2024-03-03\n', ''));
    const { code, said } = await run();
    expect(said).toContain("does not say which partitions of 'booked' it builds");
    expect(code).toBe(2);
  });
});

describe('a sequence of a microbatch model', () => {
  beforeEach(() =>
    project.write(
      'models/booked.sql',
      `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day', batch_size='day', begin='2024-03-01', lookback=1) }}
select id, day::timestamp as day, amount::int as amount from {{ source('till', 'sales') }}`,
    ),
  );
  const steps = (end: string): string => `    sequence:
      - given:
          - input: source('till', 'sales')
            rows: [{id: 1, day: 2024-03-01, amount: 10}, {id: 2, day: 2024-03-02, amount: 20}]
        event_time: {end: 2024-03-03}
      - given:
          - input: source('till', 'sales')
            rows: [{id: 3, day: 2024-03-02, amount: 5}]
        event_time: {end: ${end}}
    expect: same_as_full_refresh
`;

  test('takes late rows as far as it looks back', async () => {
    project.write(
      'models/sources.yml',
      'sources: [{name: till, tables: [{name: sales, config: {event_time: day}}]}]\n',
    );
    unitTest(steps('2024-03-04'));
    expect((await run()).said).toContain('PASS=1');
  });

  test('loses those that come later than that', async () => {
    unitTest(steps('2024-03-06'));
    expect((await run()).said).toMatch(/- missing +3 +2024-03-02/);
  });

  test('has to say up to when it is built', async () => {
    unitTest(steps('2024-03-06').replace('        event_time: {end: 2024-03-06}\n', ''));
    expect((await run()).said).toContain("does not say up to when 'booked' is built");
  });
});

describe('a sequence that is written wrong', () => {
  beforeEach(() => incremental("unique_key='id'", 'true'));
  const one = "      - {given: [{input: \"source('till', 'sales')\", rows: [{id: 1, day: 2024-03-01, amount: 10}]}]}\n";

  test.each([
    [
      'a key that is misspelt',
      `    sequence:\n      - {partitions: 2024-03-01}\n${one}    expect: {rows: []}\n`,
      "The key 'partitions' is not known here",
      '5:10',
    ],
    [
      'no steps',
      '    sequence: []\n    expect: {rows: []}\n',
      "The sequence of the unit test 'replay' has no steps",
      '4:15',
    ],
    ['no sequence at all', '    given: []\n    expect: same_as_full_refresh\n', "but has no 'sequence'", '5:13'],
    [
      'another word',
      `    sequence:\n${one}    expect: same_as_fullrefresh\n`,
      "'expect' of 'replay' has to be a mapping, or same_as_full_refresh",
      '6:13',
    ],
    [
      'a time that is none',
      '    sequence:\n      - {event_time: {start: soon, end: 2024-01-01}}\n    expect: {rows: []}\n',
      "'start' has to be a date or a time",
      '5:30',
    ],
    [
      'no end',
      '    sequence:\n      - {event_time: {start: 2024-01-01}}\n    expect: {rows: []}\n',
      "needs 'end'",
      '5:22',
    ],
    [
      'partitions that there are not',
      '    sequence:\n      - {partition: 2024-03-01}\n    expect: {rows: []}\n',
      "names partitions, but 'booked' has none",
      '5:21',
    ],
    [
      'a time of a model without',
      '    sequence:\n      - {event_time: {end: 2024-01-01}}\n    expect: {rows: []}\n',
      "'booked' is no microbatch model",
      '5:22',
    ],
    [
      'its own table',
      '    sequence:\n      - {given: [{input: this, rows: []}]}\n    expect: {rows: []}\n',
      "gives rows of 'booked' itself",
      '5:26',
    ],
    [
      'what decides by itself',
      `    overrides: {macros: {is_incremental: true}}\n    sequence:\n${one}    expect: {rows: []}\n`,
      'is_incremental() is what it is in a run',
      '4:42',
    ],
  ])('with %s is told at its place', async (_, lines, message, place) => {
    unitTest(lines);
    const { said } = await run();
    expect(said).toContain(message);
    expect(said).toContain(`models/_unit_tests.yml:${place}`);
  });

  test('names what the model reads and nobody gives', async () => {
    unitTest('    sequence:\n      - {given: []}\n    expect: {rows: []}\n');
    expect((await run()).said).toContain(
      "'booked' reads source('till', 'sales'), for which the unit test 'replay' gives no rows",
    );
  });

  test('of an ephemeral model is refused, which makes no table', async () => {
    project.write('models/booked.sql', "{{ config(materialized='ephemeral') }} select 1 as id");
    unitTest('    sequence: [{given: []}]\n    expect: {rows: []}\n');
    expect((await run()).said).toContain("'booked' is ephemeral: it makes no table");
  });
});
