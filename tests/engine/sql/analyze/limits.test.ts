import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../src/sql/index.ts';

const schema = [
  { name: 't', columns: Array.from({ length: 30 }, (_, index) => ({ name: `c${index}`, type: 'number' })) },
];
const analysed = (sql: string) => analyze(sql, { dialect: 'snowflake', schema });
const times = (count: number, make: (index: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(between);

describe('long and deep queries are understood', () => {
  it.each<readonly [string, string, number]>([
    ['500 nested calls', `select ${'abs('.repeat(500)}c1${')'.repeat(500)} as v from t`, 1],
    [
      'a CASE of 1,000 branches',
      `select case ${times(1000, (index) => `when c1 = ${index} then c2 `)} end as v from t`,
      1,
    ],
    ['an IN of 5,000 items', `select c1 from t where c2 in (${times(5000, String, ', ')})`, 1],
    ['2,000 arms of UNION ALL', `select c1 from t${' union all select c2 from t'.repeat(2000)}`, 1],
    ['5,000 terms of OR', `select c1 from t where ${times(5000, (index) => `c2 = ${index}`, ' or ')}`, 1],
    ['5,000 summands', `select ${times(5000, (index) => `c${index % 30}`, ' + ')} as v from t`, 1],
    [
      '300 joins',
      `select a0.c1 from t a0${times(300, (index) => ` join t a${index + 1} on a${index}.c1 = a${index + 1}.c1`)}`,
      1,
    ],
    ['100 nested subqueries', `${'select * from ('.repeat(100)}select * from t${')'.repeat(100)}`, 30],
    [
      '300 common tables with stars',
      `with a0 as (select * from t)${times(299, (index) => `, a${index + 1} as (select * from a${index})`)} select * from a299`,
      30,
    ],
    [
      '2,000 aliases, each of the one before',
      `select c1 as x0, ${times(2000, (index) => `x${index} + 1 as x${index + 1}`, ', ')} from t`,
      2001,
    ],
  ])('%s', (_, sql, width) => {
    const { columns, diagnostics } = analysed(sql);
    expect(diagnostics).toEqual([]);
    expect(columns).toHaveLength(width);
    expect(columns.at(-1)?.sources.every(({ relation }) => relation === 't')).toBe(true);
  });

  it('one that is too deep is a warning and nothing worse', () => {
    const { columns, diagnostics } = analysed(`select c1${'::int'.repeat(20000)} as v from t`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['sql/too-deep']);
    expect(columns.map(({ name }) => name)).toEqual(['*']);
  });
});
