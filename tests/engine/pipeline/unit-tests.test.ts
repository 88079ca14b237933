import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/cli/engine/engine.ts';
import type { Adapter } from '../../../src/core/index.ts';
import { runLoaded } from '../../../src/pipeline/run.ts';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;
/** Time passes from command to command; a file that was written in the moment of one would never count as seen. */
let clock: number;

beforeEach(() => {
  project = new ProjectFolder();
  clock = Date.now() + 60_000;
});

afterEach(() => project.remove());

async function run(words: string, engine: Partial<Engine> = pipeline): Promise<{ code: number; said: string }> {
  const world = new TestWorld(project.root, engine);
  clock += 1000;
  const now = clock;
  Object.assign(world, { now: () => new Date(now) });
  const code = await world.run(...words.split(' '));
  return { code, said: `${world.stdout.text}${world.stderr.text}`.replace(/^\d\d:\d\d:\d\d {2}/gm, '') };
}

const artifact = (name: string) => project.json(`target/${name}`);

const statuses = (): Record<string, string> =>
  Object.fromEntries(
    artifact('run_results.json').results.map(({ unique_id: id, status }: { unique_id: string; status: string }) => [
      id.split('.').at(-1),
      status,
    ]),
  );

/** A warehouse that costs money: whoever connects to it has made a mistake. Its models are written in its own SQL. */
function elsewhere(adapter: Adapter): Adapter {
  const { openScratch: _, ...rest } = adapter;
  return {
    ...rest,
    type: 'elsewhere',
    dialect: 'snowflake',
    connect: () => Promise.reject(new Error('the warehouse was touched')),
  };
}

const onElsewhere: Partial<Engine> = {
  ...pipeline,
  async runCommand(call, host) {
    const loaded = await pipeline.loadProject(call, host);
    const shelves = { ...loaded.shelves, adapter: elsewhere(loaded.shelves.adapter) };
    const outside = { ...loaded, shelves };
    host.onProject?.(outside);
    return runLoaded(outside, call, host);
  },
};

describe('unit tests of a warehouse that is not in this process', () => {
  beforeEach(() => {
    project.write(
      'models/orders.sql',
      "select 1::number(38, 0) as id, 2.5::number(10, 2) as amount, '2024-01-01'::date as day",
    );
    project.write(
      'models/sizes.sql',
      `select id, iff(amount > 10, 'big', 'small') as size, datediff(day, day, '2024-01-31'::date) as age
from {{ ref('orders') }} qualify row_number() over (partition by id order by day desc) = 1`,
    );
  });

  test('run in memory, translated, without the warehouse being touched', async () => {
    project.write(
      'models/tests.yml',
      `unit_tests:
  - name: sizes_are_told
    model: sizes
    given:
      - input: ref('orders')
        rows: [{id: 1, amount: 10.01, day: 2024-01-01}, {id: 1, amount: 1, day: 2023-01-01}, {id: 2, amount: 10, day: 2024-01-30}]
    expect:
      rows: [{id: 1, size: big, age: 30}, {id: 2, size: small, age: 1}]
  - name: queries_are_translated
    model: sizes
    given:
      - {input: ref('orders'), format: sql, rows: "select 1 as id, iff(true, 11, 0) as amount, to_date('2024-01-01') as day"}
    expect: {rows: [{id: 1, size: big}]}
`,
    );
    const { code, said } = await run('test', onElsewhere);
    expect(said).not.toContain('touched');
    expect([code, statuses()]).toEqual([0, { sizes_are_told: 'pass', queries_are_translated: 'pass' }]);
    expect(existsSync(join(project.root, 'shop.duckdb'))).toBe(false);
  });

  test('play sequences in memory, too', async () => {
    project.write(
      'models/kept.sql',
      `{{ config(materialized='incremental', unique_key='id') }}
select id, iff(amount > 10, 'big', 'small') as size from {{ ref('orders') }}
{% if is_incremental() %}where day >= dateadd(day, -1, '2024-01-02'::date){% endif %}`,
    );
    project.write(
      'models/tests.yml',
      `unit_tests:
  - name: replay
    model: kept
    sequence:
      - given: [{input: ref('orders'), rows: [{id: 1, amount: 5, day: 2024-01-01}]}]
      - given: [{input: ref('orders'), replace: true, rows: [{id: 1, amount: 50, day: 2024-01-01}, {id: 2, amount: 1, day: 2024-01-02}]}]
    expect: {rows: [{id: 1, size: big}, {id: 2, size: small}]}
`,
    );
    const { code, said } = await run('test', onElsewhere);
    expect([code, statuses()], said).toEqual([0, { replay: 'pass' }]);
    expect(said).not.toContain('touched');
  });

  test('show the difference, with the types that the model makes', async () => {
    project.write(
      'models/tests.yml',
      `unit_tests:
  - name: wrong
    model: sizes
    given: [{input: ref('orders'), rows: [{id: 1, amount: 5}]}]
    expect: {rows: [{id: 1, size: big}]}
`,
    );
    const { code, said } = await run('test', onElsewhere);
    expect(code).toBe(1);
    expect(said).toContain('- expected  1  [big]');
    expect(said).toContain('+ actual    1  [small]');
  });
});

describe('unit tests before anything is built', () => {
  test('know the columns of models, seeds, ephemeral models and their own table from the code', async () => {
    project.write('seeds/rates.csv', 'currency,rate,since\nEUR,1,2024-01-01\n');
    project.write(
      'models/orders.sql',
      "select 1 as id, date '2024-01-01' as day, 5::decimal(9, 2) as amount, 'EUR' as currency",
    );
    project.write(
      'models/open.sql',
      "{{ config(materialized='ephemeral') }} select id, day, amount, currency from {{ ref('orders') }}",
    );
    project.write(
      'models/facts.sql',
      `{{ config(materialized='incremental') }}
select o.id, o.day, o.amount * r.rate as amount, r.since
from {{ ref('open') }} o join {{ ref('rates') }} r using (currency)
{% if is_incremental() %}where o.day > (select max(day) - 1 from {{ this }}){% endif %}`,
    );
    project.write(
      'models/tests.yml',
      `unit_tests:
  - name: later_days
    model: facts
    overrides: {macros: {is_incremental: true}}
    given:
      - {input: this, rows: [{day: 2024-05-02}]}
      - {input: ref('open'), rows: [{id: 1, day: 2024-05-01, currency: EUR}, {id: 2, day: 2024-05-02, amount: 3, currency: EUR}]}
      - {input: ref('rates'), rows: [{currency: EUR, rate: 2, since: 2024-01-01}]}
    expect:
      rows: [{id: 2, day: 2024-05-02, amount: 6.00, since: 2024-01-01}]
`,
    );
    const { code, said } = await run('test');
    expect([code, said]).toEqual([0, expect.stringContaining('PASS=1')]);
    expect(artifact('run_results.json').results[0].compiled_code).toContain(
      `cast('2024-05-02' as DATE) as "day", cast(3 as DECIMAL(9,2)) as "amount"`,
    );
  });

  test('take what nobody knows from YAML and from the rows, and say what they cannot know', async () => {
    project.write(
      'models/raw.yml',
      'sources:\n  - {name: raw, tables: [{name: a, columns: [{name: id, data_type: integer}]}, {name: b}]}\n',
    );
    project.write(
      'models/both.sql',
      "select id + 1 as id, name from {{ source('raw', 'a') }} cross join {{ source('raw', 'b') }}",
    );
    const given = (rows: string): string => `unit_tests:
  - name: t
    model: both
    given:
      - {input: "source('raw', 'a')", rows: [{id: "1"}]}
      - {input: "source('raw', 'b')", rows: ${rows}}
    expect: {rows: [{id: 2, name: x}]}
`;
    project.write('models/tests.yml', given('[{name: x}]'));
    expect((await run('test')).code).toBe(0);
    project.write('models/tests.yml', given('[]'));
    const { code, said } = await run('test');
    expect(code).toBe(1);
    expect(said).toContain("The unit test 't' gives no rows for source('raw', 'b'), and nobody knows its columns");
  });
});

describe('unit tests of a project that was kept', () => {
  beforeEach(() => {
    project.write('models/one.sql', 'select 1 as id');
    project.write('models/disabled.sql', '{{ config(enabled=false) }} select 1 as id');
    project.write('models/v_v1.sql', 'select 1 as id');
    project.write('models/v_v2.sql', 'select 1 as id');
    project.write('models/v.yml', 'models:\n  - {name: v, latest_version: 2, versions: [{v: 1}, {v: 2}]}\n');
    project.write('tests/fixtures/wanted.csv', 'id\n1\n');
    project.write(
      'models/tests.yml',
      `unit_tests:
  - {name: t, model: one, given: [], expect: {format: csv, fixture: wanted}}
  - {name: t, model: v, given: [], expect: {rows: [{id: 1}]}}
  - {name: t, model: disabled, given: [], expect: {rows: [{id: 1}]}}
`,
    );
  });

  const manifest = () => {
    const { unit_tests, disabled, parent_map, child_map } = artifact('manifest.json');
    return JSON.parse(JSON.stringify({ unit_tests, disabled, parent_map, child_map }), (key, value) =>
      key === 'created_at' ? 0 : value,
    );
  };

  test('are the same without being read again, and after code was edited', async () => {
    const first = await run('ls');
    const before = manifest();
    expect(Object.keys(before.unit_tests)).toEqual([
      'unit_test.shop.one.t',
      'unit_test.shop.v.t_v1',
      'unit_test.shop.v.t_v2',
    ]);
    expect(Object.keys(before.disabled)).toContain('unit_test.shop.disabled.t');
    expect(await run('ls')).toEqual(first);
    expect(manifest()).toEqual(before);
    project.write('models/one.sql', 'select 1  as id');
    expect((await run('test')).said).toContain('PASS=3');
    expect(manifest()).toEqual(before);
  });

  test("have dbt's fields in the manifest, in its order", async () => {
    await run('ls');
    const { unit_tests } = artifact('manifest.json');
    expect(Object.keys(unit_tests['unit_test.shop.v.t_v2'])).toEqual([
      ...[
        'model',
        'given',
        'expect',
        'name',
        'resource_type',
        'package_name',
        'path',
        'original_file_path',
        'unique_id',
      ],
      ...['fqn', 'description', 'overrides', 'depends_on', 'config', 'checksum', 'schema', 'created_at', 'versions'],
      'version',
    ]);
  });

  test('follow their fixtures', async () => {
    expect((await run('test --select one')).code).toBe(0);
    project.write('tests/fixtures/wanted.csv', 'id\n2\n');
    expect((await run('test --select one')).said).toContain('- missing   2');
  });

  test('are found fault with when an edited model begins to ask whether it is incremental', async () => {
    expect((await run('test')).code).toBe(0);
    project.write('models/one.sql', 'select 1 as id {% if is_incremental() %}{% endif %}');
    const { code, said } = await run('test');
    expect(code).toBe(2);
    expect(said).toContain(
      "error[graph/unit-test-incremental]: The unit test 't' has to say whether 'one' runs incrementally",
    );
  });
});

test('a failing unit test leaves its model and what is downstream as they were', async () => {
  project.write('models/one.sql', "{{ config(materialized='table') }} select 1 as id");
  project.write('models/two.sql', "{{ config(materialized='table') }} select id from {{ ref('one') }}");
  project.write('models/tests.yml', 'unit_tests:\n  - {name: t, model: one, given: [], expect: {rows: [{id: 1}]}}\n');
  expect((await run('build')).code).toBe(0);
  project.write('models/one.sql', "{{ config(materialized='table') }} select 2 as id");
  expect((await run('build')).code).toBe(1);
  expect(statuses()).toEqual({ t: 'fail', one: 'skipped', two: 'skipped' });
  expect((await run('show --select one --limit 5')).said).toContain('2');
  expect((await run('show --select two')).said).toContain('1');
});
