import { describe, expect, it } from 'vitest';
import type { LintRule } from '../../../src/core/index.ts';
import { readShelf } from '../../../src/shelves.ts';
import { parse } from '../../../src/sql/index.ts';

/** For each rule: SQL in which it finds what stands between « and », and SQL in which it finds nothing. */
const cases: Readonly<Record<string, { readonly found: readonly string[]; readonly none: readonly string[] }>> = {
  'implicit-alias': {
    found: ['select a «b», c from t', 'select sum(a) «"total"» from t'],
    none: ['select a as b, c AS d from t x', 'select * from t'],
  },
  'comparison-with-null': {
    found: ['select * from t where «a = null»', 'select «null <> a» from t', 'select 1 from t where not («a >= NULL»)'],
    none: ['select * from t where a is null', 'select * from t where a is not distinct from null', 'select null as n'],
  },
  'comma-join': {
    found: ['select 1 from a, «b»', 'select 1 from a, «b as x», «(c join d on true)»'],
    none: [
      'select 1 from a cross join b',
      'select 1 from a, lateral flatten(input => a.v) f',
      'select 1 from a, (select 1 as n) x',
    ],
  },
  'distinct-with-group-by': {
    found: [
      'select «distinct» a, count(*) from t group by a',
      'select «distinct» a as k, sum(b) from t group by k',
      'select «distinct» a, b from t group by 1, 2',
      'select «distinct» a, max(b) from t group by all',
    ],
    none: [
      'select distinct a from t group by a, b',
      'select a from t group by a',
      'select distinct a from t',
      'select distinct upper(a) as a from t group by a',
      "select distinct unnest([a, 'x']) as u, a from t group by a",
    ],
  },
  'order-without-limit': {
    found: [
      'with x as (select a from t order by «a») select * from x',
      'select * from (select a from t order by «a desc», b) x',
    ],
    none: [
      'select a from t order by a',
      'with x as (select a from t order by a limit 3) select * from x',
      'select array_agg(a) within group (order by a) from t',
      'select row_number() over (order by a) as n from t',
    ],
  },
  'limit-without-order': {
    found: ['select a from t limit «10»', 'select * from (select a from t limit «5») x order by a'],
    none: ['select a from t order by a limit 10', 'select a from t limit 0', 'select a from t limit 1'],
  },
  'not-in-subquery': {
    found: ['select 1 from t where a not in («select b from u»)'],
    none: [
      'select 1 from t where a in (select b from u)',
      'select 1 from t where a not in (1, 2)',
      'select 1 from t where a not in (select b from u where b is not null)',
      'select 1 from t where not exists (select 1 from u where u.b = t.a)',
    ],
  },
  'left-join-undone': {
    found: [
      'select 1 from a left join b on a.id = b.id where «b.x = 1» and b.y > 2',
      "select 1 from a left outer join c.b on a.id = b.id where a.x = 1 and («b.name like 'x%'»)",
      'select 1 from a left join b as z on a.id = z.id where «z.x in (1, 2)»',
    ],
    none: [
      'select 1 from a left join b on a.id = b.id and b.x = 1 where a.y = 1',
      'select 1 from a left join b on a.id = b.id where b.id is null',
      'select 1 from a left join b on a.id = b.id where coalesce(b.x, 0) = 1',
      'select 1 from a left join b on a.id = b.id where b.x = 1 or b.id is null',
      'select 1 from a join b on a.id = b.id where b.x = 1',
    ],
  },
  'window-without-order': {
    found: ['select «row_number() over (partition by a)» as n from t', 'select «lag(a) over ()» from t'],
    none: [
      'select row_number() over (partition by a order by b) as n from t',
      'select sum(a) over (partition by b) from t',
    ],
  },
  'hard-coded-relation': {
    found: ['select * from «raw.orders»', 'with x as (select 1 as a) select * from x join «orders» on true'],
    none: ['with x as (select 1 as a) select * from x', 'select * from information_schema.tables', 'select 1 as a'],
  },
  'unqualified-column': {
    found: ['select a.id, «amount» from a join b on a.id = b.id where «day» > 1'],
    none: [
      'select id from a',
      'select a.id, sum(b.amount) as total from a join b on a.id = b.id group by a.id having total > 1',
      'select a.id from a join b on a.id = b.id where exists (select 1 from c where x = 1)',
    ],
  },
  'union-without-all': {
    found: ['select 1 «union» select 2'],
    none: ['select 1 union all select 2', 'select 1 union distinct select 2', 'select 1 except select 2'],
  },
};

const shelf = await readShelf<LintRule>('lint-rules');

function findingsOf(rule: LintRule, text: string): string {
  const { statements, diagnostics } = parse(text, { dialect: 'snowflake' });
  expect(diagnostics, text).toEqual([]);
  const places = rule.find({ text, statements, isTyped: () => true }).flatMap(({ start, end }) => [
    { at: start, mark: '«' },
    { at: end, mark: '»' },
  ]);
  return places
    .sort((one, other) => other.at - one.at)
    .reduce((marked, { at, mark }) => marked.slice(0, at) + mark + marked.slice(at), text);
}

describe.each([...shelf.values()])('$name', (rule) => {
  const { found, none } = cases[rule.name] ?? { found: [], none: [] };

  it('finds what it is for, at its place', () => {
    expect(found.length).toBeGreaterThan(0);
    for (const marked of found) expect(findingsOf(rule, marked.replaceAll(/[«»]/g, ''))).toBe(marked);
  });

  it('finds nothing in what only looks like it', () => {
    expect(none.length).toBeGreaterThan(0);
    for (const sql of none) expect(findingsOf(rule, sql)).toBe(sql);
  });
});
