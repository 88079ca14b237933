import { describe, expect, it } from 'vitest';
import {
  type Json,
  noOffset,
  type PartitionDefinition,
  readNamedPartitions,
  readPartitions,
  unpartitioned,
} from '../../../../src/core/index.ts';
import { time } from './dimensions.ts';
import { randomFrom } from './random.ts';

const named = readNamedPartitions({
  daily: { time: 'day', start: '2024-01-01', timezone: 'Europe/Berlin' },
  regions: { values: ['EU', 'US'] },
  day_and_region: { dimensions: { day: 'daily', region: 'regions' } },
});

function read(config: Json): PartitionDefinition {
  const reading = readPartitions(config, named.named);
  if (reading.kind === 'problems') throw new Error(JSON.stringify(reading.problems));
  return reading.definition;
}

/** Each problem on a line: where, what, and what to do. */
function problems(config: Json): string[] {
  const reading = readPartitions(config, named.named);
  const found = reading.kind === 'problems' ? reading.problems : [];
  return found.map(({ path, message, hint }) => `${path.join('.')}: ${message}${hint ? ` (${hint})` : ''}`);
}

describe('partitions in a configuration', () => {
  it('by time', () => {
    const config = { time: 'day', start: '2024-01-01', timezone: 'Europe/Berlin', column: 'sold_at' };
    expect(read(config)).toEqual({
      dimensions: [time('day', 'Europe/Berlin', { start: '2024-01-01', column: 'sold_at' })],
    });
  });

  it.each([
    ['minute', { kind: 'minutes', count: 1 }],
    ['15 minutes', { kind: 'minutes', count: 15 }],
    ['6 hours', { kind: 'minutes', count: 360 }],
    ['60 minutes', { kind: 'hour' }],
    ['24 hours', { kind: 'day' }],
    ['Hour', { kind: 'hour' }],
    ['week', { kind: 'week', startsOn: 'monday' }],
    ['month', { kind: 'month' }],
    ['quarter', { kind: 'quarter' }],
    ['year', { kind: 'year' }],
  ])('by %s', (text, grain) => {
    expect(read({ time: text, start: 2024 }).dimensions[0]).toMatchObject({ grain, start: '2024', timezone: 'UTC' });
  });

  it('with a start of the week, an end, a moved boundary, a name', () => {
    const config = { time: 'week', week_start: 'Sunday', start: '2024-01-07', end: '2025-01-05', name: 'week' };
    expect(read(config).dimensions[0]).toMatchObject({
      grain: { kind: 'week', startsOn: 'sunday' },
      end: '2025-01-05',
      name: 'week',
    });
    const offset = (value: Json): unknown => read({ time: 'year', start: 2020, offset: value }).dimensions[0];
    expect(offset('3 months')).toMatchObject({ offset: { ...noOffset, months: 3 } });
    expect(offset('-1 day')).toMatchObject({ offset: { ...noOffset, days: -1 } });
    expect(offset({ months: -3, hours: 6 })).toMatchObject({ offset: { ...noOffset, months: -3, hours: 6 } });
  });

  it('by a cron expression', () => {
    expect(read({ cron: '0 6 * * mon-fri', start: '2024-01-01', timezone: 'utc' }).dimensions[0]).toMatchObject({
      grain: { kind: 'cron', expression: '0 6 * * mon-fri' },
      timezone: 'UTC',
    });
  });

  it('by values, listed or added while the project lives', () => {
    expect(read({ values: ['EU', 1, true], column: 'region' }).dimensions).toEqual([
      { kind: 'static', name: 'region', column: 'region', values: ['EU', '1', 'true'] },
    ]);
    expect(read({ dynamic: 'customers', column: 'customer_id' }).dimensions).toEqual([
      { kind: 'dynamic', name: 'customers', column: 'customer_id', keys: 'customers' },
    ]);
  });

  it('by several dimensions, in their order', () => {
    const config = { dimensions: { region: { values: ['EU'] }, day: { time: 'day', start: '2024-01-01' } } };
    expect(read(config).dimensions.map(({ name, kind }) => [name, kind])).toEqual([
      ['region', 'static'],
      ['day', 'time'],
    ]);
  });

  it('by the name of a definition of the project, with columns of the model', () => {
    expect(named.problems).toEqual([]);
    const daily = time('day', 'Europe/Berlin', { start: '2024-01-01' });
    expect(read('daily')).toEqual({ dimensions: [{ ...daily, column: undefined }] });
    expect(read({ use: 'daily', column: 'sold_at' })).toEqual({ dimensions: [{ ...daily, column: 'sold_at' }] });
    const product = read({ use: 'day_and_region', columns: { day: 'sold_at', region: 'area' } });
    expect(product.dimensions.map(({ name, column }) => [name, column])).toEqual([
      ['day', 'sold_at'],
      ['region', 'area'],
    ]);
    const mixed = read({ dimensions: { when: { use: 'daily', column: 'sold_at' }, where: 'regions' } });
    expect(mixed.dimensions.map(({ name, column }) => [name, column])).toEqual([
      ['when', 'sold_at'],
      ['where', undefined],
    ]);
  });

  it('that are null are none', () => {
    expect(read(null)).toBe(unpartitioned);
  });
});

const start = '2024-01-01';

describe('a mistake in partitions', () => {
  it.each<[Json, string[]]>([
    ['dayly', ["The project has no partitions 'dayly' (Did you mean 'daily'?)"]],
    [{ time: 'dya', start }, ["time: There are no partitions by 'dya' (Did you mean 'day'?)"]],
    [{ time: 'daily', start }, ["time: There are no partitions by 'daily' (Did you mean 'day'?)"]],
    [{ time: '0 6 * * *', start }, ["time: '0 6 * * *' is a cron expression (Write cron: '0 6 * * *')"]],
    [
      { time: '7 minutes', start },
      [
        'time: 7 minutes do not divide a day, so that partitions would begin at other times each day ' +
          '(Near are 6 and 8; a cron expression can say other times)',
      ],
    ],
    [{ time: '2 days', start }, ["time: There are no partitions by '2 days' (Only minutes and hours can be counted)"]],
    [{ time: '1 day', start }, ["time: '1 day' is one day (Write day)"]],
    [{ time: 5, start }, ["time: 'time' has to be a text, not 5"]],
    [{ time: 'day' }, [": Partitions by time need a 'start' (Write the first one: start: 2024-01-01)"]],
    [
      { time: 'day', start: '01.02.2024' },
      ["start: 'start' is no date or time: '01.02.2024' (Write 2024-01-01, 2024-01 or 2024-01-01 06:00)"],
    ],
    [
      { time: 'day', start, end: start },
      [`end: 'end' (${start}) is not after 'start' (${start}) (The end itself is no partition)`],
    ],
    [
      { time: 'day', start, timezone: 'Berlin' },
      ["timezone: There is no time zone 'Berlin' (Did you mean 'Europe/Berlin'?)"],
    ],
    [
      { time: 'day', start, timezone: 'Europe/Berln' },
      ["timezone: There is no time zone 'Europe/Berln' (Did you mean 'Europe/Berlin'?)"],
    ],
    [{ time: 'day', start, colum: 'a' }, ["colum: 'colum' is not known here (Did you mean 'column'?)"]],
    [
      { time: 'day', start, week_start: 'sunday' },
      ["week_start: Only weeks have a 'week_start' (Leave it out, or write time: week)"],
    ],
    [{ time: 'week', start, week_start: 'sun' }, ["week_start: There is no weekday 'sun' (Did you mean 'sunday'?)"]],
    [{ time: 'day', start, offset: '24 hours' }, ['offset: The offset is not smaller than the grain, day']],
    [
      { time: 'day', start, offset: { hour: 6 } },
      ["offset.hour: 'hour' is no unit of an offset (Did you mean 'hours'?)"],
    ],
    [
      { time: 'day', start, offset: 'morning' },
      ['offset: \'offset\' is no time: "morning" (Write 6 hours, -90 minutes or {days: 4, hours: 6})'],
    ],
    [{ cron: '0 25 * * *', start }, ["cron: '0 25 * * *' is no cron expression: hours are 0 to 23, not '25'"]],
    [{ values: [] }, ["values: 'values' is empty (Write at least one value, or dynamic: <name>)"]],
    [{ values: 'EU' }, ["values: 'values' has to be a list (Write values: [EU, US])"]],
    [
      { values: ['EU', 'EU', '', null] },
      [
        "values.1: Value 'EU' is listed twice",
        'values.2: A value may not be empty',
        'values.3: A value has to be a text, not null',
      ],
    ],
    [{ values: ['EU'], time: 'day' }, ["values: 'values' cannot stand beside 'time' (Write one, or dimensions)"]],
    [{ tiem: 'day', start }, ["tiem: 'tiem' is not known here (Did you mean 'time'?)"]],
    [
      { use: 'day_and_region', column: 'a' },
      ["column: 'day_and_region' has 2 dimensions (Write columns: {day: …, region: …})"],
    ],
    [{ use: 'day_and_region', columns: { dya: 'a' } }, ["columns.dya: 'dya' is not known here (Did you mean 'day'?)"]],
    [
      { dimensions: { day: { time: 'dya', start }, region: 'regoins' } },
      [
        "dimensions.day.time: There are no partitions by 'dya' (Did you mean 'day'?)",
        "dimensions.region: The project has no partitions 'regoins' (Did you mean 'regions'?)",
      ],
    ],
    [
      { dimensions: {} },
      ["dimensions: 'dimensions' has to name at least one dimension (Write day: {time: day, …} below it)"],
    ],
  ])('is reported where it is: %j', (config, expected) => {
    expect(problems(config)).toEqual(expected.map((line) => (/^[\w.]*: /.test(line) ? line : `: ${line}`)));
  });

  it.each<Json>([
    [],
    5,
    true,
    {},
    [1],
    { dimensions: [] },
    { dimensions: { a: 5 } },
    { time: null },
    { dynamic: null },
    { dynamic: 5 },
    { use: null },
    { use: {} },
  ])('of any kind is a problem, never an error: %j', (config) => {
    expect(problems(config)).not.toEqual([]);
  });

  it('in columns of dimensions with odd names is none', () => {
    const { named: odd } = readNamedPartitions({ odd: { dimensions: { constructor: { values: ['EU'] } } } });
    expect(readPartitions({ use: 'odd', columns: {} }, odd)).toMatchObject({ kind: 'definition' });
  });

  it('in any combination is a problem, or there is a definition', () => {
    const random = randomFrom(8);
    const keys =
      'time cron values dynamic use dimensions start end timezone week_start offset column columns name'.split(' ');
    const values: readonly Json[] = [
      null,
      0,
      -1,
      1e9,
      true,
      '',
      ' ',
      '2024',
      '2024-W99',
      '9999-12-31',
      'day',
      'UTC',
      [],
    ];
    const value = (depth: number): Json =>
      depth > 0 && random.below(3) === 0 ? config(depth - 1) : random.pick(values);
    const config = (depth: number): Json =>
      Object.fromEntries(Array.from({ length: random.below(6) }, () => [random.pick(keys), value(depth)]));
    for (let round = 0; round < 5000; round += 1) {
      const given = config(2);
      const reading = readPartitions(given, named.named);
      expect(reading.kind === 'definition' || reading.problems.length > 0, JSON.stringify(given)).toBe(true);
    }
  });

  it('in the definitions of a project is reported with its name; one may use those above it', () => {
    const { named: good, problems: bad } = readNamedPartitions({
      early: 'late',
      late: { values: ['EU'] },
      later: 'late',
      wrong: { time: 'day' },
    });
    expect([...good.keys()]).toEqual(['late', 'later']);
    expect(bad.map(({ path }) => path)).toEqual([['early'], ['wrong']]);
    expect(readNamedPartitions(null)).toEqual({ named: new Map(), problems: [] });
    expect(readNamedPartitions([]).problems).toHaveLength(1);
  });
});
