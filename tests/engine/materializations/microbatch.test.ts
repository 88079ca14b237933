import { beforeEach, describe, expect, test } from 'vitest';
import { type BatchRange, batchId, type Json, microbatches } from '../../../src/core/index.ts';
import incremental from '../../../src/materializations/incremental.ts';
import { type Build, build, useBench } from './harness.ts';

const bench = useBench();
const at = (text: string) => new Date(`${text}Z`);
const range = (of: Partial<BatchRange>): BatchRange => ({
  size: 'day',
  incremental: true,
  begin: undefined,
  lookback: 1,
  start: undefined,
  end: undefined,
  now: at('2024-03-10T12:34:56'),
  ...of,
});
const shown = (of: Partial<BatchRange>) =>
  microbatches(range(of))?.map(
    ([start, end]) => `${start.toISOString().slice(0, 13)} ${end.toISOString().slice(0, 16)}`,
  );

describe('batches', () => {
  test('today and the one before it', () => {
    expect(shown({})).toEqual(['2024-03-09T00 2024-03-10T00:00', '2024-03-10T00 2024-03-11T00:00']);
  });

  test('lookback', () => {
    expect(shown({ lookback: 0 })).toEqual(['2024-03-10T00 2024-03-11T00:00']);
    expect(shown({ lookback: 3 })).toHaveLength(4);
  });

  test('an end on the line belongs to the batch before', () => {
    expect(shown({ end: at('2024-03-10T00:00:00'), lookback: 0 })).toEqual(['2024-03-09T00 2024-03-10T00:00']);
  });

  test('from the beginning when the table is new', () => {
    expect(shown({ incremental: false, begin: at('2024-03-08T05:00:00') })).toEqual([
      '2024-03-08T00 2024-03-09T00:00',
      '2024-03-09T00 2024-03-10T00:00',
      '2024-03-10T00 2024-03-11T00:00',
    ]);
    expect(shown({ incremental: false })).toBeUndefined();
  });

  test('between given times', () => {
    expect(shown({ size: 'hour', start: at('2024-01-31T22:30:00'), end: at('2024-02-01T00:10:00') })).toEqual([
      '2024-01-31T22 2024-01-31T23:00',
      '2024-01-31T23 2024-02-01T00:00',
      '2024-02-01T00 2024-02-01T01:00',
    ]);
  });

  test('months and years have their own lengths', () => {
    expect(shown({ size: 'month', start: at('2024-01-31T00:00:00'), end: at('2024-03-01T00:00:00') })).toEqual([
      '2024-01-01T00 2024-02-01T00:00',
      '2024-02-01T00 2024-03-01T00:00',
    ]);
    expect(shown({ size: 'year' })).toEqual(['2023-01-01T00 2024-01-01T00:00', '2024-01-01T00 2025-01-01T00:00']);
  });

  test.each([
    ['hour', '20240310T05'],
    ['day', '20240310'],
    ['month', '202403'],
    ['year', '2024'],
  ] as const)('an id by %s is %s', (size, id) => {
    expect(batchId([at('2024-03-10T05:00:00'), at('2024-03-10T06:00:00')], size)).toBe(id);
  });
});

describe('a microbatch model', () => {
  const m = '"memory"."main"."m"';
  const config = {
    materialized: 'incremental',
    incremental_strategy: 'microbatch',
    event_time: 'ts',
    batch_size: 'day',
    begin: '2024-03-08',
  };
  const compiled: { start: Date; end: Date; id: string; incremental: boolean }[] = [];
  const run = (more: Partial<Build> = {}, settings: Record<string, Json> = {}) =>
    build(incremental, bench, {
      ...more,
      config: { ...config, ...settings },
      context: {
        compileBatch: async (start, end, batch) => {
          compiled.push({ start, end, ...batch });
          return `select * from events where ts >= '${start.toISOString().slice(0, 10)}' and ts < '${end.toISOString().slice(0, 10)}'`;
        },
      },
    });
  const content = () => bench.rows('select ts::date, v from m order by all');

  beforeEach(async () => {
    compiled.length = 0;
    await bench.given(
      'drop table if exists m',
      `create or replace table events as select * from (values
        (timestamp '2024-03-08 10:00:00', 1), (timestamp '2024-03-09 10:00:00', 2), (timestamp '2024-03-10 10:00:00', 3)) as t(ts, v)`,
    );
  });

  test('is built batch by batch, each in a transaction; hooks run before the first and after the last', async () => {
    const { statements, result } = await run({
      preHooks: [['select 1', false]],
      postHooks: [['select 2', true]],
    });
    const temporary = '"m__dbt_tmp"';
    expect(compiled.map(({ id, incremental: added }) => [id, added])).toEqual([
      ['20240308', false],
      ['20240309', true],
      ['20240310', true],
    ]);
    const inBatch = "ts >= '2024-03-09 00:00:00+00:00'\nand ts < '2024-03-10 00:00:00+00:00'";
    expect(statements.slice(0, 9)).toEqual([
      'select 1',
      'begin',
      `create or replace table ${m} as (\nselect * from events where ts >= '2024-03-08' and ts < '2024-03-09'\n)`,
      'commit',
      'begin',
      `create or replace temporary table ${temporary} as (\nselect * from events where ts >= '2024-03-09' and ts < '2024-03-10'\n)`,
      `delete from ${m}\nwhere ${inBatch}`,
      `insert into ${m} ("ts", "v")\nselect "ts", "v"\nfrom (\nselect *\nfrom ${temporary}\nwhere ${inBatch}\n) as DBT_INTERNAL_SOURCE`,
      'commit',
    ]);
    // A batch puts its rows in the place of those of the batch before.
    expect(statements.filter((sql) => sql.startsWith('drop'))).toEqual([`drop table if exists ${temporary} cascade`]);
    expect(statements.slice(-2)).toEqual(['select 2', 'commit']);
    expect(result).toMatchObject({ message: 'SUCCESS', rowsAffected: 3 });
    expect(result.batches?.successful).toHaveLength(3);
    expect(await content()).toEqual([
      ['2024-03-08', 1],
      ['2024-03-09', 2],
      ['2024-03-10', 3],
    ]);
  });

  test('a later run replaces the recent batches only', async () => {
    await run();
    await bench.given('update events set v = v * 10');
    await run();
    expect(await content()).toEqual([
      ['2024-03-08', 1],
      ['2024-03-09', 20],
      ['2024-03-10', 30],
    ]);
  });

  test('--event-time-start and -end choose the batches', async () => {
    await run();
    await bench.given('update events set v = v * 10');
    await run({ flags: { eventTimeStart: at('2024-03-08T00:00:00'), eventTimeEnd: at('2024-03-09T00:00:00') } });
    expect(await content()).toEqual([
      ['2024-03-08', 10],
      ['2024-03-09', 2],
      ['2024-03-10', 3],
    ]);
  });

  test('a full refresh starts from the beginning', async () => {
    await run();
    await bench.given('delete from events where v = 3');
    const { statements } = await run({ fullRefresh: true });
    expect(statements[1]).toMatch(/^create or replace table "memory"."main"."m" as/);
    expect(await content()).toHaveLength(2);
  });

  test('a batch that fails leaves its time as it was, and the others go on', async () => {
    await run();
    await bench.given(
      'update events set v = if(v = 2, 999999, v * 10)',
      'create table small as select 1::tinyint as v',
    );
    const { result } = await build(incremental, bench, {
      config,
      flags: { eventTimeStart: at('2024-03-08T00:00:00'), eventTimeEnd: at('2024-03-11T00:00:00') },
      context: {
        compileBatch: async (start) =>
          `select ts, v::tinyint as v from events where ts::date = '${start.toISOString().slice(0, 10)}'`,
      },
    });
    expect(result.message).toBe('PARTIAL SUCCESS (2/3)');
    expect(result.batches?.failed.map(([start]) => start.toISOString().slice(0, 10))).toEqual(['2024-03-09']);
    expect(result.failures).toMatchObject([{ vendorCode: 'Conversion' }]);
    expect(await content()).toEqual([
      ['2024-03-08', 10],
      ['2024-03-09', 2],
      ['2024-03-10', 30],
    ]);
    await bench.given('drop table small');
  });

  test('the first batch failing fails the model with all its batches, and leaves the table', async () => {
    await run();
    const { result, statements } = await build(incremental, bench, {
      config,
      fullRefresh: true,
      postHooks: [['select 2', false]],
      context: { compileBatch: async () => 'select lost' },
    });
    expect(result).toMatchObject({ nothingBuilt: true, failures: [{ vendorCode: 'Binder' }] });
    expect(result.batches?.successful).toEqual([]);
    expect(result.batches?.failed.map(([start]) => start.getUTCDate())).toEqual([8, 9, 10]);
    expect(statements).toHaveLength(3);
    expect(await content()).toHaveLength(3);
  });

  test('batches that fail once more stay failed, and what was built before stays known', async () => {
    await run();
    const day = (text: string): [Date, Date] => [at(`${text}T00:00:00`), at(`${text}T23:00:00`)];
    const { result } = await build(incremental, bench, {
      config,
      context: {
        compileBatch: async () => 'select lost',
        previousBatches: { successful: [day('2024-03-08')], failed: [day('2024-03-09')] },
      },
    });
    expect(result).toMatchObject({ nothingBuilt: true, batches: { successful: [{}], failed: [{}] } });
  });

  test.each<[Record<string, Json>, RegExp]>([
    [{ event_time: null }, /requires an 'event_time'/],
    [{ batch_size: 'week' }, /requires a 'batch_size' config, one of hour, day, month, year/],
    [{ begin: null }, /requires a 'begin' configuration/],
    [{ unique_key: 'v' }, /does not take a 'unique_key'/],
  ])('refuses %j', async (settings, message) => {
    await expect(run({}, settings)).rejects.toThrow(message);
  });
});
