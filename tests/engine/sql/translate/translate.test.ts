import { describe, expect, it } from 'vitest';
import { functionRules } from '../../../../src/sql/dialects/duckdb/from-snowflake/expressions.ts';
import { findDialect, parse, prelude, translate } from '../../../../src/sql/index.ts';

const toDuckDb = (sql: string) => translate(sql, { from: 'snowflake', to: 'duckdb' });

describe('translate', () => {
  it('has no default: a built-in function without a rule is refused by name and place', () => {
    const { sql, diagnostics } = toDuckDb('select a,\n  soundex(b)\nfrom t');
    expect(sql).toBe('');
    expect(diagnostics).toMatchObject([
      {
        code: 'sql/not-available',
        severity: 'error',
        message: 'SOUNDEX is not available on DuckDB.',
        line: 2,
        column: 3,
      },
    ]);
  });

  it('reports everything that is refused, not the first alone', () => {
    const { diagnostics } = toDuckDb('select hash(a), soundex(b) from t at (offset => -1)');
    expect(diagnostics.map(({ message }) => message.split(' is ')[0])).toEqual(['HASH', 'SOUNDEX', 'Time travel']);
  });

  it('warns where whole VARIANTs of many rows are compared, which depends on the data', () => {
    const schema = [
      {
        name: 't',
        columns: [
          { name: 'v', type: 'variant' },
          { name: 's', type: 'varchar' },
        ],
      },
    ];
    const codesOf = (sql: string) =>
      translate(sql, { from: 'snowflake', to: 'duckdb', schema }).diagnostics.map(
        ({ code, severity, line, column }) => `${severity} ${code} ${line}:${column}`,
      );
    const warned = (place: string) => [`warning sql/variant-compared ${place}`];
    expect(codesOf('select distinct s, v from t')).toEqual(warned('1:20'));
    expect(codesOf('select v:a as k, count(*) from t group by 1')).toEqual(warned('1:8'));
    expect(codesOf('select v:a as k, count(*) from t group by k')).toEqual(warned('1:8'));
    expect(codesOf('select v from t union select v from t')).toEqual(warned('1:8'));
    expect(codesOf('select a.s from t a join t b on a.v:x = b.v:x')).toEqual(warned('1:33'));
    expect(codesOf('select v from t union all select v from t')).toEqual([]);
    expect(codesOf("select distinct v:a::string from t where v:b = 'x' group by 1")).toEqual([]);
  });

  it('asks once for a type that is not known: a macro around a macro would take powers of time', () => {
    expect(toDuckDb("select upper(trim(replace(a, 'x', 'y'))) as v from t").sql).toBe(
      "select upper(trim(replace(snowflake_text(a), 'x', 'y'))) as v from t;",
    );
    expect(toDuckDb('select a || b || c || d as v from t').sql).toBe(
      'select snowflake_text(a) || snowflake_text(b) || snowflake_text(c) || snowflake_text(d) as v from t;',
    );
    expect(toDuckDb('select a + b * c - d as v from t').sql).toBe(
      'select\n  snowflake_operand(a) + snowflake_operand(b) * snowflake_operand(c) - snowflake_operand(d) as v\nfrom t;',
    );
    expect(toDuckDb("select dateadd(day, 1, date_trunc('month', d)) as v from t").sql).toBe(
      "select snowflake_add_days(snowflake_truncate_date('month', snowflake_moment(d)), 1) as v from t;",
    );
  });

  it('writes what is given to functions inside of functions once', () => {
    const nested = (depth: number): number => {
      const value = `${'split_part(substr(greatest('.repeat(depth)}c${", 'a'), 2), '-', 1)".repeat(depth)}`;
      const { sql, diagnostics } = toDuckDb(`select ${value} as v from t`);
      expect(diagnostics).toEqual([]);
      return sql.length;
    };
    expect(nested(150)).toBeLessThan(3 * nested(50) * 1.5);
  });

  it("lets functions pass that are the project's own, with their arguments translated", () => {
    const { sql, diagnostics } = toDuckDb('select my_function(iff(a, 1, 2)), tools.other(b) from t');
    expect(diagnostics).toEqual([]);
    expect(sql).toContain('my_function(case when');
    expect(sql).toContain('tools.other(b)');
  });

  it('says nothing of a text that cannot be read but why', () => {
    const { sql, diagnostics } = toDuckDb('select from t');
    expect(sql).toBe('');
    expect(diagnostics.every(({ code }) => code !== 'sql/not-available')).toBe(true);
    expect(diagnostics).not.toEqual([]);
  });

  it('translates several statements, and leaves out those without an effect', () => {
    const { sql, diagnostics } = toDuckDb('use warehouse w; grant select on table t to role r; delete from t');
    expect(sql.trim()).toBe('delete from t;');
    expect(diagnostics).toMatchObject([{ code: 'sql/without-effect', severity: 'warning' }]);
  });

  it('writes plainly what needs no macro once types are known', () => {
    const schema = [
      {
        name: 't',
        columns: [
          { name: 'name', type: 'varchar' },
          { name: 'n', type: 'int' },
        ],
      },
    ];
    const known = translate('select upper(name), n + 1 from t', { from: 'snowflake', to: 'duckdb', schema });
    expect(known.sql).not.toContain('snowflake_');
    expect(toDuckDb('select upper(name), n + 1 from t').sql).toContain('snowflake_text(name)');
  });

  it('keeps comments', () => {
    expect(toDuckDb('select a -- the key\nfrom t').sql).toContain('-- the key');
  });

  it('writes what DuckDB’s grammar reads', () => {
    const { sql } = toDuckDb(
      "select a, count(*) from t left join u using (a) where b ilike any ('x%', 'y') group by all having count(*) > 1 order by 2 desc",
    );
    expect(parse(sql, { dialect: 'duckdb' }).diagnostics).toEqual([]);
  });

  it('gets along with what is long and deep', () => {
    const terms = Array.from({ length: 5000 }, (_, index) => `c${index}`);
    expect(toDuckDb(`select ${terms.join(' + ')} from t`).diagnostics).toEqual([]);
    expect(toDuckDb(`select 1 from t where ${terms.join(' = 1 or ')} = 1`).diagnostics).toEqual([]);
    const nested = `${'coalesce('.repeat(500)}a${', 1)'.repeat(500)}`;
    expect(toDuckDb(`select ${nested} from t`).diagnostics).toEqual([]);
    const cases = terms.slice(0, 1000).map((term) => `when a = '${term}' then 1`);
    expect(toDuckDb(`select case ${cases.join(' ')} end from t`).diagnostics).toEqual([]);
  });

  it('knows no pair that it was not taught', () => {
    expect(() => translate('select 1', { from: 'duckdb', to: 'snowflake' })).toThrow(RangeError);
  });

  it('has rules for built-in functions only', () => {
    const { functions } = findDialect('snowflake')!;
    expect(Object.keys(functionRules).filter((name) => !functions.find(name))).toEqual([]);
  });
});

describe('prelude', () => {
  it('gives only the macros that a text needs, with those that they need', () => {
    const { sql } = toDuckDb('select left(a, 2), a::date from t');
    const names = prelude('duckdb', { sql }).map((statement) => /macro (\w+)/.exec(statement)?.[1]);
    expect(names).toContain('snowflake_left');
    expect(names).toContain('snowflake_try_timestamp');
    expect(names).not.toContain('snowflake_divide');
    expect(names.length).toBeLessThan(25);
  });

  it('is empty for what needs nothing', () => {
    expect(prelude('duckdb', { sql: 'select 1' })).toEqual([]);
    expect(prelude('snowflake')).toEqual([]);
  });
});
