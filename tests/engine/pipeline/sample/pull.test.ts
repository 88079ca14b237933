import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordedSample } from '../../../../src/pipeline/sample/sample-file.ts';
import { ProjectFolder } from '../project-folder.ts';

let project: ProjectFolder;
let reading: DuckDBConnection;

const settings = `
name: shop
targets:
  prod: {type: duckdb, path: shop.duckdb, schema: main, threads: 1}
masking:
  - {tag: public, rule: keep}
  - {tag: pii, rule: hash}
  - {meta: {secret: true}, rule: redact}
  - {tag: gone, rule: null}
`;

const sources = `
version: 2
sources:
  - name: raw
    schema: raw
    tables:
      - name: customers
        columns:
          - {name: id, data_tests: [unique]}
          - {name: email, tags: [pii]}
          - {name: born, config: {tags: [pii]}}
          - {name: seen_at, tags: [pii]}
          - {name: phone, meta: {secret: true}}
          - {name: note, tags: [gone]}
          - {name: account, tags: [pii]}
      - name: orders
        columns:
          - name: id
          - name: customer_id
            data_tests: [{relationships: {arguments: {to: "source('raw', 'customers')", field: id}}}]
      - name: shipments
      - name: parcels
      - name: employees
        columns:
          - {name: id, tags: [pii]}
          - {name: chief, data_tests: [{relationships: {arguments: {to: "source('raw', 'employees')", field: id}}}]}
          - {name: team, data_tests: [{relationships: {arguments: {to: "source('raw', 'teams')", field: id}}}]}
      - name: teams
        columns:
          - {name: id}
          - {name: leader, data_tests: [{relationships: {arguments: {to: "source('raw', 'employees')", field: id}}}]}
      - name: payments
models:
  - name: stg_shipments
    columns: [{name: weight, tags: [pii]}]
  - name: stg_payments
    columns:
      - name: account
        data_tests: [{relationships: {arguments: {to: "ref('dim_accounts')", field: account}}}]
  - name: stg_parcels
    config: {contract: {enforced: true}}
    columns: [{name: carrier, data_type: varchar}, {name: number, data_type: integer}]
    constraints:
      - {type: foreign_key, columns: [carrier, number], to: "ref('stg_shipments')", to_columns: [carrier, number]}
`;

const tables = [
  'create schema raw',
  `create table raw.customers as select i as id, 'person' || i || '@example.org' as email,
     date '1950-01-01' + cast(i as integer) as born, timestamp '2020-01-01 10:00:00' + to_minutes(i) as seen_at,
     '+49 30 ' || (100000 + i) as phone, 'secret note ' || i as note, cast(7000000000 + i as bigint) as account,
     cast(i / 7.0 as decimal(12,3)) as score, i % 2 = 0 as active, ['a', 'b' || i] as labels,
     {'n': i, 'x': 'it''s'} as parts from range(300) as t(i)`,
  'create table raw.orders as select i as id, (i * 7) % 300 as customer_id, i * 1.5 as amount from range(2000) as t(i)',
  `create table raw.shipments as select ['dhl', 'ups'][1 + i % 2] as carrier, cast(i // 2 as integer) as number,
     i as weight from range(600) as t(i)`,
  'create table raw.parcels as select carrier, number, row_number() over () as parcel from raw.shipments',
  'create table raw.teams as select i as id, cast(i * 100 as integer) as leader from range(6) as t(i)',
  `create table raw.employees as select cast(i as integer) as id, cast(case when i = 0 then null else i // 2 end as integer)
     as chief, i % 6 as team from range(600) as t(i)`,
  'create table raw.payments as select cast(7000000000 + (i * 11) % 300 as bigint) as account, i as amount from range(500) as t(i)',
];

beforeAll(async () => {
  project = new ProjectFolder({
    'project.yml': settings,
    'models/sources.yml': sources,
    'models/stg_shipments.sql': "select carrier, number, weight from {{ source('raw', 'shipments') }}",
    'models/stg_parcels.sql':
      "{{ config(materialized='table') }}\nselect carrier, number from {{ source('raw', 'parcels') }}",
    'models/stg_payments.sql': "select account, amount from {{ source('raw', 'payments') }}",
    'models/dim_accounts.sql':
      "{{ config(materialized='table') }}\nselect account, email as mail, lower(email) as lowered, id, note from {{ source('raw', 'customers') }}",
  });
  await project.sql(...tables);
  await project.run('run', '--select', 'dim_accounts');
  reading = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
});

afterAll(() => {
  reading.closeSync();
  project.remove();
});

async function pull(...words: string[]): Promise<RecordedSample> {
  const { exit, stdout, stderr } = await project.run('sample', 'pull', ...words, '--output', 'json');
  expect(exit, stderr).toBe(0);
  return JSON.parse(stdout);
}

const folder = (): string => join(project.root, 'samples');
const parquet = (): string[] => readdirSync(folder()).filter((file) => file.endsWith('.parquet'));

/** Rows of a query over the files of the sample, in which each is a view of its table's name. */
async function rows(sql: string): Promise<unknown[][]> {
  const { tables: recorded }: RecordedSample = project.json('samples/sample.json');
  for (const { id, file } of recorded) {
    const from = `read_parquet('${join(folder(), file)}')`;
    await reading.run(`create or replace view ${id.split('.').at(-1)} as select * from ${from}`);
  }
  return (await reading.runAndReadAll(sql)).getRowsJson();
}

describe('a sample of all sources', () => {
  let sample: RecordedSample;

  beforeAll(async () => {
    sample = await pull('--rows', '40');
  });

  const tableOf = (name: string) => sample.tables.find(({ id }) => id === `source.shop.raw.${name}`);

  test('has the rows that are chosen, and those that they refer to', async () => {
    expect(tableOf('orders')).toMatchObject({ rows: 40, referred: 0 });
    const customers = tableOf('customers');
    expect((customers?.rows ?? 0) - (customers?.referred ?? 0)).toBe(40);
    expect(await rows('select count(*), count(distinct id) from customers')).toEqual([
      [String(customers?.rows), String(customers?.rows)],
    ]);
  });

  test.each([
    ['a test between sources', 'select count(*) from orders anti join customers on customer_id = customers.id'],
    [
      'a key of two columns, that is written between models',
      'select count(*) from parcels anti join shipments using (carrier, number)',
    ],
    [
      'a key of a table to itself',
      'select count(*) from employees as e anti join employees as c on e.chief = c.id where e.chief is not null',
    ],
    [
      'a key from the table referred to',
      'select count(*) from teams anti join employees on teams.leader = employees.id',
    ],
    ['a key back to the first table', 'select count(*) from employees anti join teams on employees.team = teams.id'],
    [
      'a test between models, through masked columns',
      'select count(*) from payments anti join customers using (account)',
    ],
  ])('leaves no row without those that it refers to: %s', async (_, sql) => {
    expect(await rows(sql)).toEqual([['0']]);
  });

  test('masks what is tagged, what it is copied from and to, and what refers to it', () => {
    const masked = sample.tables.map(({ id, columns }) => [
      id.split('.').at(-1),
      Object.fromEntries(columns.flatMap((column) => (column.masked ? [[column.name, column.masked]] : []))),
    ]);
    expect(Object.fromEntries(masked)).toEqual({
      customers: { email: 'hash', born: 'hash', seen_at: 'hash', phone: 'redact', note: 'null', account: 'hash' },
      orders: {},
      shipments: { weight: 'hash' },
      parcels: {},
      employees: { id: 'hash', chief: 'hash' },
      teams: { leader: 'hash' },
      payments: { account: 'hash' },
    });
  });

  test('has no value of a masked column, neither as a value nor in the bytes of a file', async () => {
    const bytes = parquet().map((file) => readFileSync(join(folder(), file)));
    const all = await project.sql(
      'select email from raw.customers union all select phone from raw.customers union all select note from raw.customers',
    );
    expect(all).toHaveLength(900);
    const found = all.flat().filter((value) => bytes.some((text) => text.includes(String(value))));
    expect(found).toEqual([]);
    expect(bytes.some((text) => text.includes('@example') || text.includes('secret note'))).toBe(false);
    const before = new Set((await project.sql('select account from raw.customers')).map(([value]) => String(value)));
    const after = await rows('select account from customers union all select account from payments');
    expect(after.filter(([value]) => before.has(String(value)))).toEqual([]);
    const ids = await rows(
      'select id from employees union all select chief from employees union all select leader from teams',
    );
    expect(ids.filter(([id]) => id !== null && Number(id) < 600)).toEqual([]);
    expect(
      await rows(
        "select count(*) from customers where born < date '1970-01-01' or note is not null or phone <> 'redacted'",
      ),
    ).toEqual([['0']]);
  });

  test('has statistics of what stands in its files, and of nothing else', async () => {
    const file = join(folder(), tableOf('customers')?.file ?? '');
    const told = await rows(
      `select path_in_schema, stats_min_value, stats_max_value from parquet_metadata('${file}') where path_in_schema in ('account', 'born', 'email')`,
    );
    const columns = 'min(account), max(account), min(born), max(born), min(email), max(email)';
    const [here = []] = await rows(`select ${columns} from customers`);
    expect(told.flatMap(([, ...values]) => values.map(String)).sort()).toEqual(here.map(String).sort());
  });

  test('keeps types, and values of what is not masked', async () => {
    const described = await rows('describe customers');
    expect(described.map(([name, type]) => `${name} ${type}`)).toEqual([
      'id BIGINT',
      'email VARCHAR',
      'born DATE',
      'seen_at TIMESTAMP',
      'phone VARCHAR',
      'note VARCHAR',
      'account BIGINT',
      'score DECIMAL(12,3)',
      'active BOOLEAN',
      'labels VARCHAR[]',
      'parts STRUCT(n BIGINT, x VARCHAR)',
    ]);
    const kept = 'id, score, active, labels, parts';
    const ids = (await rows('select id from customers')).flat().join(', ');
    expect(await rows(`select ${kept} from customers order by id`)).toEqual(
      await project.sql(`select ${kept} from raw.customers where id in (${ids}) order by id`),
    );
  });

  test('masks different values by different ones', async () => {
    expect(
      await rows('select count(*) = count(distinct email) and count(*) = count(distinct account) from customers'),
    ).toEqual([[true]]);
  });
});

test('of what is not selected, there are the rows that others refer to', async () => {
  const { tables: recorded } = await pull('--rows', '5', '--select', 'source:raw.orders');
  expect(recorded).toMatchObject([
    { id: 'source.shop.raw.customers', rows: 5, referred: 5 },
    { id: 'source.shop.raw.orders', rows: 5, referred: 0 },
  ]);
});

test('the same rows with the same secret are the same files', async () => {
  await pull('--rows', '5', '--select', 'source:raw.customers');
  const files = parquet();
  expect(files).toHaveLength(1);
  await pull('--rows', '5', '--select', 'source:raw.customers');
  expect(parquet()).toEqual(files);
});

test('another seed chooses other rows, whose files take the place of all that samples have left', async () => {
  const before = parquet();
  const orphan = 'samples/source.shop.raw.gone.0123456789ab.parquet';
  project.write(orphan, 'of a command that was killed');
  project.write('samples/source.shop.raw.customers.unfinished', 'of another');
  project.write('samples/README.md', 'of a person');
  await pull('--rows', '5', '--select', 'source:raw.customers', '--seed', 'other');
  expect(readdirSync(folder()).filter((file) => !file.endsWith('.parquet'))).toEqual(['README.md', 'sample.json']);
  expect(parquet()).toHaveLength(1);
  expect(parquet()).not.toEqual(before);
});

describe('models', () => {
  test('are sampled by choice; copies are masked likewise, as is what is computed of a masked column and what nobody knows', async () => {
    await project.sql("alter table dim_accounts add column older varchar default 'somebody@example.org'");
    const { tables: recorded } = await pull('--select', 'dim_accounts', '--rows', '20');
    expect(recorded.map(({ id }) => id)).toEqual(['model.shop.dim_accounts']);
    expect(recorded[0]?.columns.map(({ name, masked = 'keep' }) => `${name} ${masked}`)).toEqual([
      'account hash',
      'mail hash',
      'lowered hash',
      'id keep',
      'note null',
      'older null',
    ]);
  });
});

describe('what stands in the way', () => {
  test('a column that nobody tagged and that has values of a masked one: nothing is recorded', async () => {
    await project.sql('create table raw.mailing as select email as recipient from raw.customers');
    writeFileSync(
      join(project.root, 'models/mailing.yml'),
      'version: 2\nsources: [{name: other, schema: raw, tables: [{name: mailing, columns: [{name: recipient}]}]}]\n',
    );
    const before = readFileSync(join(folder(), 'sample.json'), 'utf8');
    const { exit, stderr } = await project.run('sample', 'pull', '--rows', '300');
    expect(exit).toBe(2);
    expect(stderr).toContain('error[cli/sample-unmasked]');
    expect(stderr).toContain("'other.mailing.recipient' has values of 'raw.customers.email'");
    expect(readFileSync(join(folder(), 'sample.json'), 'utf8')).toBe(before);
  });

  test('tables that are not in the warehouse: the sample that was there stays', async () => {
    const yaml = 'sources: [{name: later, schema: raw, tables: [{name: returns}]}]\n';
    writeFileSync(join(project.root, 'models/later.yml'), yaml);
    const before = readFileSync(join(folder(), 'sample.json'), 'utf8');
    const { exit, stderr } = await project.run('sample', 'pull', '--select', 'source:later.returns');
    expect(exit).toBe(2);
    expect(stderr).toContain("'later.returns' is not recorded: there is no such table in the warehouse");
    expect(stderr).toContain('error[cli/sample-nothing]: None of what is selected is in the warehouse');
    expect(stderr).not.toContain('sample-not-masked');
    expect(readFileSync(join(folder(), 'sample.json'), 'utf8')).toBe(before);
  });

  test.each([
    [['--select', 'nothing'], 'cli/sample-nothing'],
    [['--rows', '0'], 'cli/not-positive'],
  ])('%j is refused as %s', async (words, code) => {
    const { exit, stderr } = await project.run('sample', 'pull', ...words);
    expect(stderr).toContain(`error[${code}]`);
    expect(exit).toBe(2);
  });
});
