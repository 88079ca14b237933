import { describe, expect, test } from 'vitest';
import type { Expression, Identifier, Query, Statement } from '../../../../src/sql/index.ts';
import { parse, print } from '../../../../src/sql/index.ts';

const nowhere = { start: -1, end: -1 };

function read(sql: string, dialect = 'snowflake'): readonly Statement[] {
  const { statements, diagnostics } = parse(sql, { dialect });
  expect(diagnostics).toEqual([]);
  return statements;
}

function printed(sql: string, dialect = 'snowflake'): string {
  return print(read(sql, dialect)[0]!, { dialect });
}

function column(text: string, quoted = false): Expression {
  return { kind: 'column', parts: [identifier(text, quoted)], ...nowhere };
}

function identifier(text: string, quoted = false): Identifier {
  return { kind: 'identifier', text, quoted, ...nowhere };
}

function binary(operator: '+' | '-' | '*' | '=' | '||', left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right, ...nowhere };
}

describe('layout', () => {
  test('a short query stands on one line', () => {
    expect(printed('SELECT a , b\nFROM t\nWHERE a=1 ORDER BY b')).toBe('select a, b from t where a = 1 order by b');
  });

  test('a long query has a clause a line, its lists and conditions an item a line', () => {
    const items = ['first', 'second', 'third', 'fourth', 'fifth'].map((word) => `the_${word}_of_all_columns`);
    const conditions = items.map((item) => `${item} is not null`);
    expect(printed(`select ${items.join(', ')} from t where ${conditions.join(' and ')} limit 3`)).toBe(
      [
        'select',
        ...items.map((item, index) => `  ${item}${index < items.length - 1 ? ',' : ''}`),
        'from t',
        'where',
        ...conditions.map((condition, index) => `  ${index > 0 ? 'and ' : ''}${condition}`),
        'limit 3',
      ].join('\n'),
    );
  });

  test('common tables and joins have lines of their own', () => {
    const sql = 'with a as (select 1 as id), b as (select 2 as id) select * from a join b on a.id = b.id';
    expect(printed(sql)).toBe(
      [
        'with',
        '  a as (select 1 as id),',
        '  b as (select 2 as id)',
        'select *',
        'from a',
        'join b on a.id = b.id',
      ].join('\n'),
    );
  });

  test('deep nesting makes no text that grows with the square of the depth', () => {
    const depth = 700;
    const sql = `${'select * from ('.repeat(depth)}select 1${')'.repeat(depth)}`;
    expect(printed(sql).length).toBeLessThan(depth * 300);
  });

  test.each([
    [30_000, 'items of a list', (items: string[]) => `select 1 from t where a in (${items.join(', ')})`],
    [40_000, 'arms of a union', (items: string[]) => items.map((item) => `select ${item}`).join(' union all ')],
    [
      70_000,
      'branches',
      (items: string[]) => `select case ${items.map((item) => `when ${item} then 1`).join(' ')} end`,
    ],
    [130_000, 'terms', (items: string[]) => `select ${items.join(' || ')}`],
  ])('%i %s are no more than a program may write', (count, _, write) => {
    const items = Array.from({ length: count }, (_, index) => `a${index}`);
    expect(printed(write(items))).toContain(items.at(-1));
  });
});

describe('comments', () => {
  test('stay before what they stood before and behind what they stood behind', () => {
    const sql = [
      '-- head',
      'select',
      '  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, -- first',
      '  -- about b',
      '  /* x */ b',
      'from t -- a table',
      'where',
      '  a = 1 -- one',
      '  and b = 2',
      '-- the end',
    ].join('\n');
    expect(printed(sql)).toBe(sql);
  });

  test('stay inside the parentheses that they were in', () => {
    const sql = 'select * from (\n  select 1 as a -- one\n) as t';
    expect(printed(sql)).toBe(['select *', 'from (', '  select 1 as a -- one', ') as t'].join('\n'));
  });

  test('do not swallow the semicolon', () => {
    expect(print(read('select 1 -- one'), { dialect: 'snowflake' })).toBe('select 1 -- one\n;');
    expect(print(read('select 1 /* one */'), { dialect: 'snowflake' })).toBe('select 1 /* one */;');
  });

  test('are written as the dialect has them', () => {
    const [statement] = read('select 1 // one');
    expect(print(statement!, { dialect: 'duckdb' })).toBe('select 1 -- one');
  });

  test('of all statements are kept', () => {
    const sql = [
      'create table t (',
      '  a int, -- first',
      '  b int /* second */',
      ') -- done',
      '/* set */ comment = $$x$$ -- last',
    ].join('\n');
    const [again] = read(printed(sql));
    expect(again!.comments.map(({ text }) => text)).toEqual([
      '-- first',
      '/* second */',
      '-- done',
      '/* set */',
      '-- last',
    ]);
  });
});

describe('what dialects write differently', () => {
  test.each([
    ['snowflake', 'select * from t at (offset => -60) as a', 'select * from t at (offset => -60) as a'],
    ['duckdb', 'select * from t as a at (version => 3)', 'select * from t as a at (version => 3)'],
    ['duckdb', "select N'abc'", "select n'abc'"],
    ['duckdb', 'create macro f(a) as a, (a, b) as a + b', 'create macro f (a) as a, (a, b) as a + b'],
    ['snowflake', 'select $1, t.$2 from @s t', 'select $1, t.$2 from @s as t'],
    ['duckdb', 'select #1 from t', 'select #1 from t'],
  ])('%s: %s', (dialect, sql, expected) => {
    expect(printed(sql, dialect)).toBe(expected);
  });
});

describe('quotes', () => {
  test('are kept where they were', () => {
    expect(printed('select "a", "B c", "d""e" from "T"')).toBe('select "a", "B c", "d""e" from "T"');
  });

  test.each([
    ['snowflake', 'order', '"ORDER"'],
    ['duckdb', 'order', '"order"'],
    ['snowflake', 'two words', '"TWO WORDS"'],
    ['duckdb', '1st', '"1st"'],
    ['snowflake', 'größe', 'größe'],
    ['snowflake', 'a$b', 'a$b'],
    ['snowflake', 'qualify', '"QUALIFY"'],
  ])('are added in %s to %s, in the letter case that it means there', (dialect, text, expected) => {
    expect(print(column(text), { dialect })).toBe(expected);
  });

  test.each([
    ['snowflake', `it's a \\ b`, `'it''s a \\\\ b'`],
    ['duckdb', `it's a \\ b`, `'it''s a \\ b'`],
  ])('of texts in %s hold what they mean', (dialect, value, expected) => {
    expect(print({ kind: 'string', value, quoting: 'single', ...nowhere }, { dialect })).toBe(expected);
  });

  test('with dollars give way to others where the text has dollars', () => {
    const text = { kind: 'string', value: 'a$$b', quoting: 'dollar', ...nowhere } as const;
    expect(print(text, { dialect: 'snowflake' })).toBe(`'a$$b'`);
    expect(print(text, { dialect: 'duckdb' })).toBe('$text1$a$$b$text1$');
  });
});

describe('parentheses of made trees', () => {
  const a = column('a');
  const b = column('b');
  const c = column('c');

  test.each<[Expression, string]>([
    [binary('*', binary('+', a, b), c), '(a + b) * c'],
    [binary('+', binary('*', a, b), c), 'a * b + c'],
    [binary('-', a, binary('-', b, c)), 'a - (b - c)'],
    [binary('-', binary('-', a, b), c), 'a - b - c'],
    [{ kind: 'cast', syntax: '::', operand: binary('+', a, b), type: type('int'), ...nowhere }, '(a + b)::int'],
    [{ kind: 'cast', syntax: 'cast', operand: binary('+', a, b), type: type('int'), ...nowhere }, 'cast(a + b as int)'],
    [{ kind: 'logical', operator: 'and', operands: [logical('or', a, b), c], ...nowhere }, '(a or b) and c'],
    [{ kind: 'logical', operator: 'or', operands: [logical('and', a, b), c], ...nowhere }, 'a and b or c'],
    [{ kind: 'unary', operator: 'not', operand: logical('and', a, b), ...nowhere }, 'not (a and b)'],
    [{ kind: 'unary', operator: 'not', operand: binary('=', a, b), ...nowhere }, 'not a = b'],
    [binary('=', { kind: 'unary', operator: 'not', operand: a, ...nowhere }, b), '(not a) = b'],
    [negative(negative(a)), '- -a'],
    [binary('+', inverse(a), b), '(~a) + b'],
    [inverse(binary('+', a, b)), '~a + b'],
    [inverse(binary('||', a, b)), '~(a || b)'],
    [negative(binary('+', a, b)), '-(a + b)'],
    [binary('-', a, { kind: 'number', text: '-1', ...nowhere }), 'a - -1'],
    [{ kind: 'field', operand: a, name: identifier('b'), ...nowhere }, '(a).b'],
    [
      { kind: 'subscript', operand: { kind: 'path', operand: a, steps: [key('b')], ...nowhere }, index: c, ...nowhere },
      '(a:b)[c]',
    ],
    [
      { kind: 'between', operand: a, negated: false, symmetric: false, low: b, high: logical('or', b, c), ...nowhere },
      'a between b and (b or c)',
    ],
    [{ kind: 'is', operand: binary('=', a, b), negated: false, test: 'null', ...nowhere }, 'a = b is null'],
  ])('%# stand where the meaning depends on them', (tree, expected) => {
    expect(print(tree, { dialect: 'snowflake' })).toBe(expected);
  });

  test('a comparison of comparisons has them where chains are refused', () => {
    const chain = binary('=', binary('=', a, b), c);
    expect(print(chain, { dialect: 'snowflake' })).toBe('a = b = c');
    expect(print(chain, { dialect: 'duckdb' })).toBe('(a = b) = c');
  });

  test('a set operation inside another has them where it must', () => {
    const one = (read('select 1')[0] as Statement & { readonly kind: 'query-statement' }).query.body;
    const union = { kind: 'set-operation', first: one, rest: [arm('union', one)], ...nowhere } as const;
    const tree: Query = {
      kind: 'query',
      body: { kind: 'set-operation', first: union, rest: [arm('intersect', one), arm('intersect', union)], ...nowhere },
      orderBy: [],
      ...nowhere,
    };
    expect(print(tree, { dialect: 'snowflake' })).toBe(
      '(select 1 union select 1) intersect select 1 intersect (select 1 union select 1)',
    );
  });

  function arm(operator: 'union' | 'intersect', body: Query['body']) {
    return { operator, byName: false, body, ...nowhere };
  }

  function logical(operator: 'and' | 'or', ...operands: Expression[]): Expression {
    return { kind: 'logical', operator, operands, ...nowhere };
  }

  function negative(operand: Expression): Expression {
    return { kind: 'unary', operator: '-', operand, ...nowhere };
  }

  function inverse(operand: Expression): Expression {
    return { kind: 'unary', operator: '~', operand, ...nowhere };
  }

  function key(text: string) {
    return { kind: 'key', name: identifier(text), ...nowhere } as const;
  }

  function type(name: string) {
    return { kind: 'data-type', name, parameters: [], dimensions: [], ...nowhere } as const;
  }
});

describe('size', () => {
  const repeat = (count: number, part: (index: number) => string, separator: string): string =>
    Array.from({ length: count }, (_, index) => part(index)).join(separator);

  test.each([
    ['5,000 concatenations', `select ${repeat(5_000, (index) => `c${index}`, ' || ')}`],
    ['5,000 conditions', `select 1 from t where ${repeat(5_000, (index) => `c${index} = 1`, ' and ')}`],
    ['2,000 unions', repeat(2_000, (index) => `select ${index}`, ' union all ')],
    ['1,000 joins', `select 1 from t0 ${repeat(1_000, (index) => `join t${index + 1} on a = b`, ' ')}`],
    ['3,000 casts', `select a${'::int'.repeat(3_000)}`],
    ['500 nested calls', `select ${'f('.repeat(500)}1${')'.repeat(500)}`],
    ['500 nested queries', `${'select * from ('.repeat(500)}select 1${')'.repeat(500)}`],
    ['500 nested cases', `select ${'case when a then b else '.repeat(500)}1${' end'.repeat(500)}`],
  ])('%s are printed whole', (_, sql) => {
    const again = printed(printed(sql));
    expect(again).toBe(printed(sql));
    expect(again.replace(/\s+/g, '').length).toBeGreaterThanOrEqual(sql.replace(/\s+/g, '').length);
  });
});
