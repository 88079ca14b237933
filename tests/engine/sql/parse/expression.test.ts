import { describe, expect, it } from 'vitest';
import { expressionOf, shape } from './read.ts';

describe('operators bind', () => {
  it.each([
    ['a OR b AND NOT c', '(or a (and b (not c)))'],
    ['a AND b AND c OR d', '(or (and a b c) d)'],
    ['NOT a = b', '(not (= a b))'],
    ['a + b * c - d', '(- (+ a (* b c)) d)'],
    ['a || b + c', '(|| a (+ b c))'],
    ['-1::INT', '(- (cast 1 int))'],
    ['-a:b::STRING', '(- (cast (path a b) string))'],
    ['a IS NULL AND b IS NOT NULL', '(and (is-null a) (is-not-null b))'],
    ['a BETWEEN b + 1 AND c || d AND e', '(and (between a (+ b 1) (|| c d)) e)'],
    ['a LIKE b || c AND d', '(and (like a (|| b c)) d)'],
    ["v:a.b[0]:c['d']::NUMBER(3, 1) > 1", "(> (cast (path v a b [0] c ['d']) number) 1)"],
    ['f(a)[0].b', '(field (subscript (f a)))'],
  ])('%s', (sql, expected) => {
    expect(shape(expressionOf(sql))).toBe(expected);
  });

  // Each of these was compared with the tree that the database itself makes of it.
  it.each([
    ['a ^ b ^ c', '(^ (^ a b) c)'],
    ['-a ^ b', '(^ (- a) b)'],
    ['a -> b = c', '(-> a (= b c))'],
    ['a ->> b = c', '(= (->> a b) c)'],
    ['a ->> b || c', '(|| (->> a b) c)'],
    ['a ->> b + c', '(->> a (+ b c))'],
    ['a -> b ->> c', '(->> (-> a b) c)'],
    ['a ->> b -> c ->> d', '(->> (-> (->> a b) c) d)'],
    ['a = b ->> c = d', '(= (->> (= a b) c) d)'],
    ['not a and b ->> c', '(->> (and (not a) b) c)'],
    ['a || b -> c is null', '(-> (|| a b) (is-null c))'],
    ['a = any(b)::varchar', '(cast quantified varchar)'],
    ['a & b | c << d', '(<< (| (& a b) c) d)'],
    ['a like b = c', '(= (like a b) c)'],
    ['a = b like c', '(= a (like b c))'],
    ['a = b is null', '(is-null (= a b))'],
    ['a is null::int + 1', '(+ (cast (is-null a) int) 1)'],
    ['~ a + b', '(~ (+ a b))'],
    ['- a at time zone b', '(at-time-zone (- a))'],
    ['a in b || c', '(|| (in a) c)'],
    ['a::json -> b', '(-> (cast a json) b)'],
  ])('%s in the other dialect', (sql, expected) => {
    expect(shape(expressionOf(sql, 'duckdb'))).toBe(expected);
  });
});

describe('literals', () => {
  it.each([
    [String.raw`'a\'b\n\x41\u0042\103\q'`, "a'b\nABCq"],
    ["'it''s'", "it's"],
    ["$$it's \\n$$", "it's \\n"],
  ])('the text %s', (sql, value) => {
    expect(expressionOf(sql)).toMatchObject({ kind: 'string', value });
  });

  it('escapes count only in texts that have them', () => {
    expect(expressionOf(String.raw`'a\n'`, 'duckdb')).toMatchObject({ value: String.raw`a\n` });
    expect(expressionOf(String.raw`E'a\n'`, 'duckdb')).toMatchObject({ value: 'a\n', quoting: 'escape' });
    expect(expressionOf('$t$a$t$', 'duckdb')).toMatchObject({ value: 'a', quoting: 'dollar' });
  });

  it('intervals, typed texts and constants', () => {
    expect(expressionOf("INTERVAL '1' DAY")).toMatchObject({ kind: 'interval', unit: 'day' });
    expect(expressionOf("INTERVAL '1 day, 2 hours'")).toMatchObject({ kind: 'interval', value: { kind: 'string' } });
    expect(expressionOf('interval (a + 1) months', 'duckdb')).toMatchObject({ kind: 'interval', unit: 'months' });
    expect(expressionOf("DATE '2024-01-31'")).toMatchObject({ kind: 'typed-literal', type: { name: 'date' } });
    expect(expressionOf("decimal(4, 2) '1'", 'duckdb')).toMatchObject({ type: { name: 'decimal' } });
    expect(expressionOf('interval')).toMatchObject({ kind: 'column' });
    expect(expressionOf('current_date')).toMatchObject({ kind: 'call', syntax: 'bare' });
    expect(expressionOf('current_date()')).toMatchObject({ kind: 'call', arguments: [] });
  });
});

describe('calls', () => {
  it('have all that can stand inside and behind their parentheses', () => {
    expect(
      expressionOf("LISTAGG(DISTINCT a, ',') WITHIN GROUP (ORDER BY b DESC NULLS LAST) OVER (PARTITION BY c)"),
    ).toMatchObject({
      distinct: 'distinct',
      arguments: [{}, {}],
      withinGroup: [{ direction: 'desc', nulls: 'last' }],
      over: { kind: 'window', partitionBy: [{}] },
    });
    expect(expressionOf('LAST_VALUE(a IGNORE NULLS) OVER (ORDER BY b)')).toMatchObject({
      nulls: { treatment: 'ignore', inside: true },
    });
    expect(expressionOf('NTH_VALUE(a, 2) FROM LAST RESPECT NULLS OVER (ORDER BY b ROWS 1 PRECEDING)')).toMatchObject({
      from: 'last',
      nulls: { treatment: 'respect', inside: false },
      over: { frame: { unit: 'rows', from: { direction: 'preceding' } } },
    });
  });

  it('with words between their arguments are calls too', () => {
    expect(shape(expressionOf('EXTRACT(day FROM a)'))).toBe('(EXTRACT day a)');
    expect(expressionOf("TRIM(LEADING '0' FROM a)")).toMatchObject({ syntax: 'trim', trimSide: 'leading' });
    expect(shape(expressionOf('SUBSTRING(a FROM 2 FOR 3)'))).toBe('(SUBSTRING a 2 3)');
    expect(shape(expressionOf("POSITION('a' IN b)"))).toBe("(POSITION 'a' b)");
    expect(shape(expressionOf("POSITION('a', b)"))).toBe("(POSITION 'a' b)");
  });

  it('have named arguments, tables and lambdas', () => {
    expect(expressionOf('f(a => 1, b => TABLE(c))')).toMatchObject({
      arguments: [{ name: { text: 'a' }, arrow: '=>' }, { prefix: 'table' }],
    });
    expect(expressionOf('TRANSFORM(a, (x INT, y) -> x + y)')).toMatchObject({
      arguments: [{}, { value: { kind: 'lambda', parameters: [{ type: { name: 'int' } }, {}] } }],
    });
    expect(expressionOf('list_filter(a, x -> x > 1)', 'duckdb')).toMatchObject({
      arguments: [{}, { value: { kind: 'lambda', keyword: false } }],
    });
    expect(expressionOf('f(lambda x, y: x + y)', 'duckdb')).toMatchObject({
      arguments: [{ value: { kind: 'lambda', keyword: true, parameters: [{}, {}] } }],
    });
    expect(expressionOf("f(a -> 'b')", 'duckdb')).toMatchObject({ arguments: [{ value: { operator: '->' } }] });
  });

  it('can be of a model, of a name found later, and of a value', () => {
    expect(expressionOf('m!PREDICT(INPUT_DATA => {*})')).toMatchObject({ syntax: 'instance' });
    expect(expressionOf("IDENTIFIER('a.f')(1)")).toMatchObject({ name: { dynamic: {}, parts: [{}, {}] } });
    expect(expressionOf('[1].f(2)', 'duckdb')).toMatchObject({ syntax: 'method', arguments: [{}, {}] });
  });
});

describe('values of several', () => {
  it.each([
    ["{'a': 1, 'b': [1, 2]}", 'snowflake', 'object'],
    ['{*}', 'snowflake', 'object'],
    ["{t.* ILIKE 'a%'}", 'snowflake', 'object'],
    ['{a: 1}', 'duckdb', 'object'],
    ['map {1: 2}', 'duckdb', 'object'],
    ['[x + 1 for x in l if x > 0]', 'duckdb', 'comprehension'],
    ['array[1, 2]', 'duckdb', 'array'],
    ['(1, 2)', 'snowflake', 'tuple'],
    ['row(1, 2)', 'duckdb', 'tuple'],
    ['(SELECT 1)', 'snowflake', 'subquery'],
    ['((SELECT 1) UNION (SELECT 2))', 'snowflake', 'subquery'],
    ['(((1)))', 'snowflake', 'parenthesized'],
  ])('%s', (sql, dialect, kind) => {
    expect(expressionOf(sql, dialect).kind).toBe(kind);
  });
});

describe('predicates', () => {
  it('compare with any and all of several', () => {
    expect(expressionOf("a NOT ILIKE ANY ('x', 'y') ESCAPE '!'")).toMatchObject({
      operator: 'ilike',
      negated: true,
      quantifier: 'any',
      patterns: [{}, {}],
      escape: {},
    });
    expect(expressionOf('a >= ALL (SELECT 1)')).toMatchObject({ kind: 'quantified', right: { kind: 'query' } });
  });

  it('look into a query however many parentheses it has', () => {
    expect(expressionOf('a IN ((SELECT 1))')).toMatchObject({ choices: { kind: 'query' } });
    expect(expressionOf('a IN ((SELECT 1) EXCEPT (SELECT 2))')).toMatchObject({ choices: { kind: 'query' } });
    expect(expressionOf('a IN ((SELECT 1), 2)')).toMatchObject({ choices: [{}, {}] });
  });

  it('mark the side of an outer join', () => {
    expect(expressionOf('a.x (+) = b.y')).toMatchObject({ left: { kind: 'column', outer: true } });
  });
});

describe('places', () => {
  it('are those of the whole expression, without space and comments around it', () => {
    expect(expressionOf('  f( a )::int /* c */ ')).toMatchObject({
      start: 2,
      end: 13,
      operand: { start: 2, end: 8, arguments: [{ start: 5, end: 6 }] },
      type: { start: 10, end: 13 },
    });
  });
});
