import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, describe, expect, it } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;
let runs = 0;
afterEach(() => project.remove());

async function ingot(...words: string[]): Promise<{ readonly exit: number; readonly stdout: string }> {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  return { exit: await world.run(...words), stdout: world.stdout.text };
}

const schema = (...models: object[]): string => JSON.stringify({ version: 2, models });
const vars = (values: object): string[] => ['--vars', JSON.stringify(values)];
const build = async (values: object = {}): Promise<number> => (await ingot('build', ...vars(values))).exit;

/** An incremental model that is published after its tests, and the tests of its column `a`. */
function growing(a: string, test: object, config = ''): ProjectFolder {
  return new ProjectFolder({
    'models/orders.sql': `{{ config(materialized='incremental', publish='after_tests'${config}) }}
      select id, ${a} from range({{ var('first', 0) }}, {{ var('end', 2) }}) as t(id)`,
    'models/schema.yml': schema({ name: 'orders', columns: [{ name: 'a', data_tests: [test] }] }),
  });
}

describe('a test of single rows sees more than the new ones', () => {
  it('where it counts how many rows fail', async () => {
    project = growing('null::int as a', { not_null: { config: { error_if: '>3', warn_if: '>3' } } });
    expect(await build()).toBe(0);
    expect(await build({ first: 2, end: 4 })).toBe(1);
    expect(await project.sql('select count(*) from orders')).toEqual([['2']]);
  });

  it('where it is new, or the model was built without it the last time', async () => {
    project = growing("{{ var('value', 1) }} as a", 'not_null' as never);
    const tests = project.read('models/schema.yml');
    project.write('models/schema.yml', '{}');
    expect(await build({ value: 'null' })).toBe(0);
    project.write('models/schema.yml', tests);
    expect(await build({ first: 2, end: 4 })).toBe(1);
    expect(await project.sql('select count(*) from orders')).toEqual([['2']]);
    await project.sql('update orders set a = 1');
    expect(await build({ first: 2, end: 4 })).toBe(0);
    expect((await ingot('run', ...vars({ first: 4, end: 5, value: 'null' }))).exit).toBe(0);
    expect(await build({ first: 5, end: 6 })).toBe(1);
  });

  it('and not again what was released from quarantine', async () => {
    project = growing("{{ var('value', 1) }} as a", 'not_null' as never);
    expect(await build()).toBe(0);
    expect(await build({ first: 2, end: 4, value: 'null::int' })).toBe(1);
    expect((await ingot('quarantine', 'release', 'orders')).exit).toBe(0);
    expect(await build({ first: 4, end: 5 })).toBe(0);
  });

  it('where it looks at another table, of which rows may be gone', async () => {
    const relationships = { relationships: { arguments: { to: "ref('people')", field: 'id' } } };
    project = growing('id as a', relationships);
    project.write(
      'models/people.sql',
      "{{ config(publish='after_tests', materialized='table') }} select id from range({{ var('gone', 0) }}, 9) as t(id)",
    );
    expect(await build()).toBe(0);
    expect(await build({ first: 2, end: 4, gone: 1 })).toBe(1);
    expect(await project.sql('select count(*) from orders')).toEqual([['2']]);
    expect(await project.sql('select min(id) from people')).toEqual([['0']]);
  });

  it('where the table holds them with other types', async () => {
    project = growing("{{ var('value', 1) }} as a", {
      accepted_values: { arguments: { values: [1, 0.4], quote: false } },
    });
    expect(await build()).toBe(0);
    expect(await build({ first: 2, end: 4, value: '0.4::double' })).toBe(1);
    expect(await project.sql('select distinct a from orders')).toEqual([[1]]);
  });

  it('where a merge leaves a column as it was', async () => {
    const merge = ", incremental_strategy='merge', unique_key='id'";
    project = growing("{{ '1 as a' if not var('gone', false) }}", 'not_null' as never, merge);
    expect(await build()).toBe(0);
    expect(await build({ gone: true })).toBe(0);
  });
});

it('a run that stages nothing but a table is known to others while it lasts', async () => {
  project = new ProjectFolder({
    'models/orders.sql': "{{ config(materialized='table', publish='after_tests') }} select 1 as a",
    'models/schema.yml': schema({ name: 'orders', columns: [{ name: 'a', data_tests: ['not_null'] }] }),
  });
  expect(await build()).toBe(0);
  const state = new Database(join(project.root, '.ingot/state.db'));
  expect(state.prepare('select ended_at is not null as has_ended from builders').all()).toEqual([{ has_ended: 1 }]);
  state.close();
});

describe('partitions that are published after their tests', () => {
  const daily = (sql: string, more = ''): string =>
    `{{ config(materialized='incremental', publish='after_tests', partitions={'values': var('days', [1, 2]), 'column': 'day'}${more}) }}
     select {{ partition.key }} as day, ${sql}`;

  it('are tested with the types that the table gives them', async () => {
    project = new ProjectFolder({
      'models/sales.sql': daily("{{ '0.4::double' if partition.key == '2' else '1' }} as a"),
      'models/schema.yml': schema({
        name: 'sales',
        columns: [{ name: 'a', data_tests: [{ accepted_values: { arguments: { values: [1, 0.4], quote: false } } }] }],
      }),
    });
    expect((await ingot('build')).stdout).toContain('execute/held-back');
    expect(await project.sql('select day, a from sales')).toEqual([[1, 1]]);
    // The first partition makes the table's columns anew, and those of the second are others.
    expect((await ingot('build', '--full-refresh')).stdout).toContain('execute/other-columns');
    expect(await project.sql('select day, a from sales')).toEqual([[1, 1]]);
    expect((await ingot('build')).stdout).toContain('execute/held-back');
  });

  it('are judged by their own failing rows, which are all kept in the table of failures', async () => {
    project = new ProjectFolder({
      'models/sales.sql': daily('{{ "null::int" if partition.key in ["1", "3"] else "1" }} as a'),
      'models/schema.yml': schema({
        name: 'sales',
        columns: [{ name: 'a', data_tests: [{ not_null: { config: { store_failures: true } } }] }],
      }),
    });
    expect(await build({ days: [1, 2, 3, 4] })).toBe(1);
    expect(await project.sql('select day from sales order by all')).toEqual([[2], [4]]);
    const [[table]] = (await project.sql(
      "select table_schema || '.' || table_name from information_schema.tables where table_name = 'not_null_sales_a'",
    )) as [[string]];
    expect(await project.sql(`select day from ${table} order by all`)).toEqual([[1], [3]]);
  });

  it('count their own failing rows, as others lack a new column until they are built again', async () => {
    const counted = { not_null: { config: { error_if: '>1' } } };
    project = new ProjectFolder({
      'models/sales.sql': daily(
        "1 as a {{ ', 1 as b' if var('b', false) }} from range(9)",
        ", on_schema_change='append_new_columns'",
      ),
      'models/schema.yml': schema({ name: 'sales', columns: [{ name: 'a', data_tests: [counted] }] }),
    });
    expect(await build()).toBe(0);
    project.write('models/schema.yml', schema({ name: 'sales', columns: [{ name: 'b', data_tests: [counted] }] }));
    expect(await build({ b: true, days: [1, 2, 3] })).toBe(0);
    expect(await project.sql('select count(b) from sales')).toEqual([['9']]);
  });

  it('follow what they refer to, which none of them holds back', async () => {
    const relationships = { relationships: { arguments: { to: "ref('people')", field: 'id' } } };
    const notNull = { name: 'id', data_tests: ['not_null'] };
    project = new ProjectFolder({
      'models/sales.sql': daily('{{ partition.key }} as person'),
      'models/people.sql':
        "{{ config(publish='after_tests', materialized='table') }} select id from range({{ var('people', 3) }}) as t(id)",
      'models/schema.yml': schema(
        { name: 'sales', columns: [{ name: 'person', data_tests: [relationships] }] },
        { name: 'people', columns: [notNull] },
      ),
    });
    expect(await build()).toBe(0);
    expect(await build({ days: [1, 2, 3, 9], people: 4 })).toBe(1);
    expect(await project.sql('select person from sales order by all')).toEqual([[1], [2], [3]]);
    expect(await project.sql('select max(id) from people')).toEqual([['3']]);
    // Where no partition is built, the table is held back by those that are there.
    expect(await build({ days: [1, 2, 3], people: 2 })).toBe(1);
    expect(await project.sql('select max(id) from people')).toEqual([['3']]);
  });

  it.each([
    ['not built from it', ''],
    ['built from it', "from {{ ref('people') }} where id = {{ partition.key }}"],
  ])('hold back, while others are built, what they refer to if it loses their rows: a table %s', async (_, sales) => {
    const relationships = {
      relationships: { arguments: { to: "ref('people')", field: 'id' }, config: { store_failures: true } },
    };
    project = new ProjectFolder({
      'models/people.sql': `{{ config(publish='after_tests', materialized='table') }}
        select id::int as id from range(1, 5) as t(id) where id <> {{ var('gone', 0) }}`,
      'models/sales.sql': daily(`{{ partition.key }}::int as person ${sales}`),
      'models/schema.yml': schema({ name: 'sales', columns: [{ name: 'person', data_tests: [relationships] }] }),
    });
    expect(await build({ days: [1, 2] })).toBe(0);
    const { exit, stdout } = await ingot('build', ...vars({ days: [1, 2, 3], gone: 1 }));
    expect(exit).toBe(1);
    expect(stdout).toContain('Held back by the test relationships_sales_person__id__ref_people_');
    expect(await project.sql('select id from people order by id')).toEqual([[1], [2], [3], [4]]);
    expect(await project.sql('from main_dbt_test__audit.relationships_sales_person__id__ref_people_')).toEqual([[1]]);
    expect((await ingot('quarantine', 'ls')).stdout).toMatch(
      /people [^\n]* relationships_sales_person__id__ref_people_ /,
    );
    expect(await build({ days: [1, 2, 3] })).toBe(0);
    expect(await project.sql('select person from sales order by all')).toEqual([[1], [2], [3]]);
    // What is built again may lose its row together with what refers to it.
    expect((await ingot('build', '--partition', '1', '2', '3', ...vars({ days: [1, 2, 3], gone: 4 }))).exit).toBe(0);
  });

  it('are still to be built after a build with --empty', async () => {
    project = new ProjectFolder({
      'models/raw.sql': 'select 1 as day union all select 2',
      'models/sales.sql': `{{ config(materialized='incremental', partitions={'values': [1, 2], 'column': 'day'}) }}
        select day from {{ ref('raw') }} where {{ partition.filter('day') }}`,
    });
    expect((await ingot('build', '--empty')).exit).toBe(0);
    expect(await project.sql('select day from sales')).toEqual([]);
    expect(await build()).toBe(0);
    expect(await project.sql('select day from sales order by day')).toEqual([[1], [2]]);
    expect((await ingot('build', '--empty', '--partition', '1')).exit).toBe(0);
    expect((await ingot('partitions', 'sales')).stdout).toMatch(/missing +1 +1\n/);
  });

  it('are still to be built after what a build with --empty had to put aside was released', async () => {
    project = new ProjectFolder({
      'models/raw.sql': 'select 1 as day union all select 2',
      'models/sales.sql': daily("1 as a from {{ ref('raw') }} where day = {{ partition.key }}"),
      'tests/some_rows.sql': "{{ config(error_if='= 0', warn_if='= 0') }} select * from {{ ref('sales') }}",
    });
    expect((await ingot('build', '--empty')).exit).toBe(1);
    expect((await ingot('quarantine', 'release', 'sales', '--all')).exit).toBe(0);
    expect(await project.sql('select day from sales')).toEqual([]);
    expect((await ingot('partitions', 'sales')).stdout).toMatch(/filled +0\n/);
    expect(await build()).toBe(0);
    expect(await project.sql('select day from sales order by day')).toEqual([[1], [2]]);
  });
});
