import { expect } from 'vitest';
import snowflake from '../../../../../src/adapters/snowflake/index.ts';
import { type Json, type Session, StatementError } from '../../../../../src/core/index.ts';
import { createProject, shop } from '../project.ts';

/** An account that statements can be sent to: the server of the tests, or a real one. */
export interface Account {
  /** An output of a profile, whose schema is there for these tests alone. */
  readonly output: Readonly<Record<string, Json>>;
}

/** What has to hold wherever it is asked. */
export interface Conformance {
  readonly name: string;
  readonly run: (account: Account) => Promise<void>;
}

async function withSession<T>({ output }: Account, work: (session: Session) => Promise<T>): Promise<T> {
  const warehouse = await snowflake.connect(output, { threads: 1 });
  try {
    const session = await warehouse.openSession();
    await session.execute(`create schema if not exists ${output.database}.${output.schema}`);
    return await work(session);
  } finally {
    await warehouse.close();
  }
}

async function failureOf(work: Promise<unknown>): Promise<StatementError> {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(StatementError);
  return failure as StatementError;
}

const nowhere = { host: '127.0.0.1', port: 1 };

export const conformance: readonly Conformance[] = [
  {
    name: 'values come as they are written',
    run: (account) =>
      withSession(account, async (session) => {
        const { columns, rows } = await session.query(
          "select 1 as whole, 12345678901234567890 as large, 1.50::number(10,2) as amount, true as yes, null::varchar as nothing, 'it''s' as text, '2024-03-31'::date as day, '2024-03-31 02:00:00.25'::timestamp_ntz(9) as moment",
        );
        expect(columns.map(({ name }) => name)).toEqual('WHOLE LARGE AMOUNT YES NOTHING TEXT DAY MOMENT'.split(' '));
        const [whole, large, amount, ...rest] = rows[0] ?? [];
        expect([whole, large, Number(amount)]).toEqual([1, 12345678901234567890n, 1.5]);
        expect(rest.slice(0, 4)).toEqual([true, null, "it's", '2024-03-31']);
        expect(String(rest[4])).toMatch(/^2024-03-31 02:00:00\.25/);
      }),
  },
  {
    name: 'a mistake has a code and a place',
    run: (account) =>
      withSession(account, async (session) => {
        const sql = 'select 1 as a,\n  missing_column\nfrom (select 2 as b)';
        const failure = await failureOf(session.query(sql));
        expect(failure.vendorCode).toBe('000904');
        expect(failure.offset).toBe(sql.indexOf('missing_column'));
      }),
  },
  {
    name: 'rows are undone with their transaction, and definitions commit it',
    run: (account) =>
      withSession(account, async (session) => {
        const t = `${account.output.database}.${account.output.schema}.undone`;
        await session.execute(`create or replace transient table ${t} (id int)`);
        for (const sql of ['begin', `insert into ${t} values (1)`, 'rollback']) await session.execute(sql);
        expect((await session.query(`select count(*) from ${t}`)).rows).toEqual([[0]]);
        for (const sql of ['begin', `insert into ${t} values (1)`, `alter table ${t} add column b int`, 'rollback']) {
          await session.execute(sql);
        }
        expect((await session.query(`select count(*) from ${t}`)).rows).toEqual([[1]]);
      }),
  },
  {
    name: 'a merge with two rows of one key is refused',
    run: (account) =>
      withSession(account, async (session) => {
        const t = `${account.output.database}.${account.output.schema}.merged`;
        await session.execute(`create or replace transient table ${t} as select 1 as id, 0 as n`);
        const merge = `merge into ${t} as d using (select 1 as id, 1 as n union all select 1, 2) as s on s.id = d.id when matched then update set n = s.n`;
        expect((await failureOf(session.execute(merge))).vendorCode).toBe('100090');
      }),
  },
  {
    name: 'tables change places, and are listed with what they are',
    run: (account) =>
      withSession(account, async (session) => {
        const { database, schema } = account.output as { database: string; schema: string };
        const at = `${database}.${schema}`;
        await session.execute(`create or replace transient table ${at}.one as select 1 as n`);
        await session.execute(`create or replace transient table ${at}.two as select 2 as n`);
        await session.execute(`create or replace view ${at}.seen as select * from ${at}.one`);
        await session.execute(`alter table ${at}.one swap with ${at}.two`);
        expect((await session.query(`select n from ${at}.seen`)).rows).toEqual([[2]]);
        const found = await session.listRelations(database, schema);
        const types = new Map(found.map(({ identifier, type }) => [identifier?.toUpperCase(), type]));
        expect([types.get('ONE'), types.get('SEEN')]).toEqual(['table', 'view']);
        expect((await session.columnsOf({ database, schema, identifier: 'one' })).map(({ name }) => name)).toEqual([
          'N',
        ]);
      }),
  },
  {
    name: 'a project is built twice, with its tests',
    run: async (account) => {
      const project = createProject({ server: nowhere, output: account.output, files: shop, threads: 4 });
      for (const _ of [1, 2]) {
        const { exit, output } = await project.run('build');
        expect({ exit, output: exit === 0 ? '' : output }).toEqual({ exit: 0, output: '' });
      }
      await withSession(account, async (session) => {
        const { rows } = await session.query(
          `select customer, orders, amount from ${account.output.database}.${account.output.schema}.customers order by customer`,
        );
        expect(
          rows.map((row) =>
            row.map((cell) => (typeof cell === 'string' && /^[\d.]+$/.test(cell) ? Number(cell) : cell)),
          ),
        ).toEqual([
          ['Ada', 2, 15.75],
          ['Bo', 1, 20],
        ]);
      });
      project.remove();
    },
  },
  {
    name: 'partitions are published, and again, once',
    run: async (account) => {
      const project = createProject({
        server: nowhere,
        output: account.output,
        threads: 4,
        files: {
          'seeds/raw_days.csv': 'id,sold_at\n1,2024-03-01 10:00:00\n2,2024-03-02 00:00:00\n3,2024-03-02 12:00:00\n',
          'models/days.sql': [
            "{{ config(materialized='incremental', publish='after_tests',",
            "     partitions={'time': 'day', 'column': 'sold_at', 'start': '2024-03-01', 'end': '2024-03-03'}) }}",
            "select id, sold_at from {{ ref('raw_days') }} where {{ partition.filter('sold_at') }}",
            '',
          ].join('\n'),
          'models/days.yml': 'models: [{name: days, columns: [{name: id, data_tests: [unique]}]}]\n',
        },
      });
      for (const words of [
        ['build'],
        ['build', '--select', 'days', '--from', '2024-03-01', '--to', '2024-03-02', '--batch-size', '1'],
      ]) {
        expect(await project.run(...words)).toMatchObject({ exit: 0 });
      }
      await withSession(account, async (session) => {
        const sql = `select count(*), count(distinct id) from ${account.output.database}.${account.output.schema}.days`;
        expect((await session.query(sql)).rows).toEqual([[3, 3]]);
      });
      project.remove();
    },
  },
  {
    name: 'a look at what the role may do finds nothing in the way',
    run: async (account) => {
      const project = createProject({ server: nowhere, output: account.output, files: {} });
      const { exit, output } = await project.run('debug');
      expect(output).toContain('OK connection ok');
      expect(exit).toBe(0);
      project.remove();
    },
  },
];
