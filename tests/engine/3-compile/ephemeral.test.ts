import { describe, expect, it } from 'vitest';
import { injectCtes } from '../../../src/3-compile/ephemeral.ts';

const cte = { id: 'model.p.a', sql: ' __dbt__cte__a as (\nselect 1\n)' };
const second = { id: 'model.p.b', sql: ' __dbt__cte__b as (\nselect 2\n)' };

describe('putting ephemeral models in front of a query', () => {
  it('adds a with before a query that has none, behind its leading blanks', () => {
    expect(injectCtes('\n\nselect * from __dbt__cte__a', [cte]).sql).toBe(
      '\n\nwith __dbt__cte__a as (\nselect 1\n) select * from __dbt__cte__a',
    );
  });

  it('joins a with that is there, whatever its letter case', () => {
    expect(injectCtes('WITH x as (select 1) select * from x', [cte, second]).sql).toBe(
      'WITH __dbt__cte__a as (\nselect 1\n),  __dbt__cte__b as (\nselect 2\n),  x as (select 1) select * from x',
    );
  });

  it('keeps recursive behind the with', () => {
    expect(injectCtes('with recursive x as (select 1) select 1', [cte]).sql).toMatch(
      /^with recursive __dbt__cte__a as [\s\S]*, {2}x as/,
    );
  });

  it.each(['-- with nothing\nselect 1', '/* with */ select 1', 'select 1 -- with', 'within_a as b'])(
    'takes no other word for a with: %s',
    (sql) => {
      expect(injectCtes(sql, [cte]).sql).toMatch(/^with __dbt__cte__a/);
    },
  );

  it('finds the with behind comments', () => {
    expect(injectCtes('-- a model\n/* of ours */ with x as (select 1) select 1', [cte]).sql).toContain(
      '/* of ours */ with __dbt__cte__a as',
    );
  });

  it('says where text moved, so that positions can be mapped back', () => {
    const sql = 'with x as (select 1) select * from x';
    const injected = injectCtes(sql, [cte]);
    const after = injected.at + injected.length;
    expect(injected.sql.slice(0, injected.at) + injected.sql.slice(after)).toBe(sql);
  });
});
