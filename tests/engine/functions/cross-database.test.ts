import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import duckdb from '../../../src/adapters/duckdb/index.ts';
import type { Session, Warehouse } from '../../../src/core/index.ts';
import { makeMacro, parseTemplate, type Value } from '../../../src/jinja/index.ts';
import { render, renderAsync, type Settings } from './rendering.ts';

let warehouse: Warehouse;
let session: Session;

beforeAll(async () => {
  const { output } = duckdb.resolveTarget({ type: 'duckdb', path: ':memory:' }, '/');
  warehouse = await duckdb.connect(output, { threads: 1 });
  session = await warehouse.openSession();
});

afterAll(async () => {
  await session.close();
  await warehouse.close();
});

const text = (source: string, settings: Settings = {}): Promise<string> =>
  renderAsync(source, { session, adapter: duckdb, ...settings });

const rowsOf = async (source: string, settings?: Settings): Promise<readonly (readonly unknown[])[]> =>
  (await session.query(await text(source, settings))).rows;

/** Makes a macro of the project from its text. */
const macro = (source: string): Value => {
  const [definition] = parseTemplate(source).blocks;
  if (definition === undefined) throw new Error('no macro');
  return makeMacro(definition);
};

describe('what a macro stands for, asked of the warehouse', () => {
  test.each([
    [`select {{ concat(["'a'", "'b'"]) }}`, 'ab'],
    [`select {{ hash("'a'") }}`, '0cc175b9c0f1b6a831c399e269772661'],
    [`select {{ length("'four'") }}`, 4],
    [`select {{ position("'u'", "'four'") }}`, 3],
    [`select {{ replace("'four'", "'f'", "'p'") }}`, 'pour'],
    [`select {{ right("'four'", 2) }}`, 'ur'],
    [`select {{ split_part("'a|b|c'", "'|'", 2) }}`, 'b'],
    [`select {{ split_part("'a|b|c'", "'|'", -1) }}`, 'c'],
    [`select {{ string_literal(escape_single_quotes("they're")) }}`, "they're"],
    [`select {{ cast("'7'", type_int()) }} + 1`, 8],
    [`select {{ safe_cast("'7'", type_bigint()) }} + 1`, 8],
    [`select {{ cast_bool_to_text('1 = 1') }}`, 'true'],
    [`select {{ date(2024, 2, 3) }}`, '2024-02-03'],
    [`select {{ date_trunc('month', "date '2024-02-29'") }}::date`, '2024-02-01'],
    [`select cast({{ dateadd('quarter', 1, "date '2024-01-31'") }} as date)`, '2024-04-30'],
    [`select {{ datediff("date '2024-01-31'", "'2024-02-01'", 'month') }}`, 1],
    [`select {{ last_day("date '2024-02-03'", 'month') }}`, '2024-02-29'],
    [`select {{ last_day("date '2024-02-03'", 'quarter') }}`, '2024-03-31'],
    [`select {{ last_day("date '2024-02-03'", 'year') }}`, '2024-12-31'],
    [`select {{ any_value('x') }} from (select 1 as x)`, 1],
    [`select {{ bool_or('x = 2') }} from (select unnest([1, 2]) as x)`, true],
    [`select {{ listagg('x', "'-'", 'order by x desc') }} from (select unnest([1, 2, 3]) as x)`, '3-2-1'],
    [`select {{ listagg('x', "'-'", 'order by x', 2) }} from (select unnest([1, 2, 3]) as x)`, '1-2'],
    [`select count(*) from (select 1 as x {{ except() }} select 1 as x)`, 0],
    [`select count(*) from (select 1 as x {{ intersect() }} select 1 as x)`, 1],
    [`select {{ equals('null', 'null') }}`, null],
    [`select {{ get_powers_of_two(9) }}`, 4],
    [`select sum(generated_number) from ({{ generate_series(4) }})`, 10],
    [`select {{ get_intervals_between("date '2024-01-30'", "date '2024-02-02'", 'day') }}`, 3],
    [`select typeof({{ current_timestamp() }})`, 'TIMESTAMP WITH TIME ZONE'],
    [`select typeof({{ current_timestamp_backcompat() }})`, 'TIMESTAMP'],
  ])('%s', async (source, value) => {
    const rows = await rowsOf(source);
    const found = rows[0]?.[0];
    expect(typeof found === 'bigint' ? String(found) : found).toEqual(value);
  });

  test.each([
    ['{{ escape_single_quotes(none) }}', 'None'],
    ["{{ concat(['a', none]) }}", 'a || None'],
    ['{{ length(none) }}', 'length(None)'],
    ["{{ listagg('x', order_by_clause=none, limit_num=none) }}", "string_agg(x, ',' )"],
    ["{{ array_construct(['a', 1]) }}", 'array[a, 1]'],
  ])('writes what a template would: %s', async (source, written) => {
    expect(await text(source)).toBe(written);
  });

  test('arrays are made, joined and lengthened', async () => {
    const source = "select {{ array_append(array_concat(array_construct([1, 2]), array_construct([], 'int')), 3) }}";
    expect(await rowsOf(source)).toEqual([[[1, 2, 3]]]);
  });

  test('a date spine has every day from the first to the one before the last', async () => {
    const source = `select cast(date_day as varchar) from ({{ date_spine('day', "date '2024-02-28'", "date '2024-03-02'") }}) order by 1`;
    expect((await rowsOf(source)).map(([day]) => String(day).slice(0, 10))).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ]);
  });

  test.each([
    ['2024-01-06', '2024-01-07', 1],
    ['2024-01-07', '2024-01-13', 0],
    ['2024-01-10', '2024-01-06', -1],
    ['2024-01-10', '2024-01-08', 0],
  ])('weeks begin on Sunday: from %s to %s', async (from, to, weeks) => {
    const rows = await rowsOf(`select {{ datediff("date '${from}'", "date '${to}'", 'week') }}`);
    expect(Number(rows[0]?.[0])).toBe(weeks);
  });

  test('weeks that are written in capital letters begin on Monday, as with dbt', async () => {
    const weeks = (part: string) =>
      rowsOf(`select {{ datediff("date '2024-01-06'", "date '2024-01-07'", '${part}') }}`);
    expect([await weeks('week'), await weeks('WEEK')]).toEqual([[[1]], [[0]]]);
  });
});

describe('names of types', () => {
  test.each([
    ['string', 'TEXT'],
    ['numeric', 'numeric(28,6)'],
    ['bigint', 'bigint'],
    ['int', 'integer'],
    ['boolean', 'boolean'],
    ['timestamp', 'timestamp'],
    ['float', 'float'],
  ])('type_%s', async (type, name) => {
    expect(await text(`{{ type_${type}() }}`)).toBe(name);
  });
});

describe('a project may replace them', () => {
  test('by an implementation, whose name may be the default or that of the adapter', () => {
    const names = {
      default__concat: macro("{% macro default__concat(fields) %}joined({{ fields | join(',') }}){% endmacro %}"),
    };
    expect(render("{{ concat(['a', 'b']) }}", { names })).toBe('joined(a,b)');
    const adapter = { testdb__hash: macro('{% macro testdb__hash(field) %}sha({{ field }}){% endmacro %}') };
    expect(render("{{ hash('a') }}", { names: adapter })).toBe('sha(a)');
  });

  test('and what is made of them follows', async () => {
    const names = {
      default__dateadd: macro(
        '{% macro default__dateadd(datepart, interval, from_date_or_timestamp) %}{{ from_date_or_timestamp }} + cast({{ interval }} as integer) * 10{% endmacro %}',
      ),
    };
    const source = `select count(*) from ({{ date_spine('day', "date '2024-01-01'", "date '2024-01-31'") }})`;
    expect(Number((await rowsOf(source, { names }))[0]?.[0])).toBe(4);
  });

  test('and still call the one that they replace', () => {
    const names = { testdb__length: macro('{% macro testdb__length(x) %}max({{ default__length(x) }}){% endmacro %}') };
    expect(render("{{ length('a') }}", { names })).toBe('max(length(a))');
  });
});

test('two nulls are equal where the project takes that behaviour', () => {
  const environment = { flags: { behavior: { enable_truthy_nulls_equals_macro: true } } };
  expect(render("{{ equals('a', 'b') }}", { others: { environment: environment as never } })).toBe(
    '(a is not distinct from b)',
  );
});

test('while parsing nothing is asked', () => {
  expect(render("{{ get_intervals_between('a', 'b', 'day') }}", { phase: 'parse' })).toBe('1');
});
