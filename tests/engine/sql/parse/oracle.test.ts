import { DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { errorsOf } from './read.ts';

let serialize: DuckDBPreparedStatement;
let keywords: readonly string[];

beforeAll(async () => {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  serialize = await connection.prepare('SELECT json_serialize_sql($1::VARCHAR)');
  const rows = await connection.runAndReadAll('SELECT DISTINCT keyword_name FROM duckdb_keywords() ORDER BY 1');
  keywords = rows.getRows().map(([keyword]) => String(keyword));
});

/** Whether the database itself can read a query. */
async function isRead(sql: string): Promise<boolean> {
  serialize.bindVarchar(1, sql);
  const [row] = (await serialize.runAndReadAll()).getRows();
  return !(JSON.parse(String(row?.[0])) as { error: boolean }).error;
}

describe('every keyword of DuckDB is accepted and refused as DuckDB does', () => {
  it.each<readonly [string, (keyword: string) => string, readonly string[]]>([
    ['a column', (keyword) => `select ${keyword} , 1 from t`, []],
    ['a table', (keyword) => `select 1 from ${keyword}`, []],
    ['an alias behind AS', (keyword) => `select 1 as ${keyword}`, []],
    ['an alias without AS', (keyword) => `select a ${keyword}, 2`, []],
    // `UPDATE t SET` makes SET no alias of a table for us.
    ['the alias of a table', (keyword) => `select 1 from t ${keyword}, u`, ['set']],
    ['the alias of a table behind AS', (keyword) => `select 1 from t as ${keyword}`, []],
    ['a common table', (keyword) => `with ${keyword} as (select 1) select 1`, []],
    ['a column of an alias', (keyword) => `select 1 from t as x(${keyword})`, []],
    ['a qualifier', (keyword) => `select ${keyword}.a from t`, []],
    ['a member', (keyword) => `select t.${keyword} from t`, []],
    ['a key of a struct', (keyword) => `select {${keyword}: 1}`, []],
    ['a parameter of a lambda', (keyword) => `select f(lambda ${keyword}: 1)`, []],
    ['an excluded column', (keyword) => `select * exclude (${keyword}) from t`, []],
  ])('as %s', async (_, write, otherwise) => {
    const different: string[] = [];
    for (const keyword of keywords) {
      const sql = write(keyword);
      if ((await isRead(sql)) !== (errorsOf(sql, 'duckdb').length === 0)) different.push(keyword);
    }
    expect(different).toEqual(otherwise);
  });
});

describe('DuckDB and the parser agree on', () => {
  it.each([
    'select a from t where b group by all having c window w as (order by d) qualify e order by all limit 10 %',
    'select a from t group by b qualify c having d',
    'from t select a where b',
    'from t where a',
    'select a: 1, b: 2 from x: t',
    "select 'a' as 'b'",
    "select 1 'b'",
    'select * exclude (a) replace (b + 1 as b) rename (c as d) from t',
    "select * like 'a%' from t",
    "select columns('a.*') + columns(c -> c = 'a') from t",
    'pivot t on a in (1, 2), b in (3) using sum(c) as d group by e order by f limit 1',
    'unpivot t on a, (b, c) as d into name n value v',
    'select * from t pivot (sum(a) for b in (1, 2) c in (3) group by d) as p',
    'select * from t unpivot include nulls (v for n in (a, b as c))',
    'select [x + 1 for x in l if x > 0], [1, 2,], {a: 1, b: {c: 2}}, map {1: 2}',
    'select a[1], a[1:2], a[:], a[1:-:2], (a).b, f(a).b.c, a.b.c(1).d(2)',
    'select sum(a order by b desc nulls last) filter (where c) over (w rows between 1 preceding and current row exclude ties) from t window w as ()',
    "select interval 1 day, interval '1 day', interval (a) month, interval '1' year, date '2020-01-01', decimal(4, 2) '1'",
    'select cast(a as struct(b int, c varchar[])[3][]), a::decimal(10, 2), try_cast(a as map(int, text))',
    'select case a when 1 then 2 else 3 end, a is not distinct from b, a not between asymmetric 1 and 2, a in b, a in (select 1)',
    "select extract(day from a), trim(both 'x' from a), substring(a from 1 for 2), position('a' in b), a at time zone 'utc'",
    'select * from a natural join b left join c using (d) asof join e on f >= g positional join h semi join i on j cross join k',
    'select * from a join b join c on d on e',
    'select * from a cross join b on c',
    'select * from a join b',
    "select * from 'file.parquet', range(10) r(i), lateral (select i), (values (1), (2)) v(a) tablesample 10%",
    'select * from t tablesample reservoir(5 rows) repeatable (1) using sample 3 rows',
    'select * from t x at (version => 3)',
    '(select 1) union all by name (select 2) intersect select 3 except all select 4 order by 1 limit 2 offset 3',
    'with recursive a(b) using key (b) as materialized (select 1 union select 2), c as not materialized (select 3) select 4',
    'select distinct on (a, b) c from t',
    'select group, a from t',
    'select from t',
    'select a b c from t',
    'select f(a,,b)',
    'select f(a,)',
    'select a in ()',
    'select case a end',
    'select a::',
    'select 1 limit limit',
    'with c (select 1) select 1',
    'select a < b < c',
    'select 1 limit 1 order by a',
    'table t',
    'describe t',
    'summarize select 1',
  ])('%s', async (sql) => {
    expect(errorsOf(sql, 'duckdb').length === 0).toBe(await isRead(sql));
  });
});
