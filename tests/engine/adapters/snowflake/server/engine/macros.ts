/** `v` in the body is the value of `x`, computed once however often the body names it: macros nest. */
const of = (x: string, body: string): string => `list_transform([${x}], lambda v: ${body})[1]`;

const isFloat = (value: string): string => `typeof(${value}) IN ('DOUBLE', 'FLOAT')`;

const isWhole = "regexp_full_match(v, '-?[0-9]+')";

const wholeNumber = (cast: string, otherwise: (text: string) => string): string =>
  of(
    'x',
    `CASE WHEN ${isFloat('v')} THEN ${cast}(round(TRY_CAST(v AS DOUBLE)) AS BIGINT)
      WHEN typeof(v) = 'JSON' THEN ${cast}(json_extract_string(to_json(v), '$') AS BIGINT)
      WHEN contains(CAST(v AS VARCHAR), '_') THEN CAST(${otherwise('CAST(v AS VARCHAR)')} AS BIGINT)
      ELSE ${cast}(v AS BIGINT) END`,
  );

/**
 * What Snowflake does differently by the type of a value. The translation knows few types; the engine knows them all, so
 * these macros ask it while it binds a statement.
 */
export const macros: readonly string[] = [
  // A variant's text loses its quotes, a timestamp is written with milliseconds, a whole float without a point.
  `sf_text(x) AS ${of(
    'x',
    String.raw`CASE
     WHEN typeof(v) = 'JSON' THEN json_extract_string(to_json(v), '$')
     WHEN typeof(v) = 'TIMESTAMP WITH TIME ZONE'
       THEN strftime(try_cast(CAST(v AS VARCHAR) AS TIMESTAMPTZ), '%Y-%m-%d %H:%M:%S.%g ') || left(strftime(try_cast(CAST(v AS VARCHAR) AS TIMESTAMPTZ), '%z') || '00', 5)
     WHEN typeof(v) LIKE 'TIMESTAMP%' THEN strftime(try_cast(CAST(v AS VARCHAR) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')
     WHEN ${isFloat('v')} THEN regexp_replace(CAST(v AS VARCHAR), '\.0$', '')
     ELSE CAST(v AS VARCHAR) END`,
  )}`,
  // A float is rounded away from zero, where the engine would round to the even number.
  // A variant's number is read from its text, in which the engine, unlike Snowflake, allows underscores.
  `sf_whole(x) AS ${wholeNumber('CAST', (text) => `error('Could not convert string ''' || ${text} || ''' to INT64')`)}`,
  `sf_try_whole(x) AS ${wholeNumber('TRY_CAST', () => 'NULL')}`,
  'sf_variant(x) AS to_json(x)',
  `sf_array(x) AS ${of('to_json(x)', "CASE WHEN json_type(v) = 'ARRAY' THEN v ELSE json_array(v) END")}`,
  `sf_get(x, y) AS list_transform([struct_pack(v := x, k := CAST(y AS VARCHAR))], lambda p: CASE
     WHEN json_type(p.v) = 'ARRAY' AND starts_with(p.k, '-') THEN NULL
     WHEN json_type(p.v) = 'ARRAY' THEN json_extract(p.v, '$[' || p.k || ']') ELSE json_extract(p.v, '$."' || p.k || '"') END)[1]`,
  `sf_size(x) AS ${of('x', "CASE WHEN json_type(v) = 'ARRAY' THEN CAST(json_array_length(v) AS BIGINT) END")}`,
  `sf_typeof(x) AS ${of(
    'json_type(x)',
    `CASE v WHEN 'NULL' THEN 'NULL_VALUE' WHEN 'DOUBLE' THEN 'DECIMAL' WHEN 'BIGINT' THEN 'INTEGER' WHEN 'UBIGINT' THEN 'INTEGER' ELSE v END`,
  )}`,
  // A quotient of numbers has six digits more than its dividend, twelve at most.
  `sf_digits(t) AS ${of(
    String.raw`coalesce(try_cast(nullif(regexp_extract(t, ',\s*(\d+)', 1), '') AS INTEGER), 0)`,
    'greatest(v, least(v + 6, 12))',
  )}`,
  // After HAVING the engine takes the names of a struct's fields for columns: they have none.
  `sf_quotient(a, b) AS list_transform([row(a, b)], lambda v: CASE
     WHEN ${isFloat('v[1]')} OR ${isFloat('v[2]')} THEN v[1] / v[2] ELSE round(v[1] / v[2], main.sf_digits(typeof(v[1]))) END)[1]`,
  `sf_divide(a, b) AS main.sf_quotient(a, ${of('b', "CASE WHEN v = 0 THEN error('Division by zero') ELSE v END")})`,
  `sf_mod(a, b) AS (a % ${of('b', "CASE WHEN v = 0 THEN error('Division by zero') ELSE v END")})`,
  // A date stays a date unless hours are added to it.
  `sf_add_days(d DATE, i INTERVAL) AS CAST(d + i AS DATE), (d TIMESTAMP, i INTERVAL) AS d + i, (d TIMESTAMPTZ, i INTERVAL) AS d + i`,
  `sf_add_time(d DATE, i INTERVAL) AS CAST(d AS TIMESTAMP) + i, (d TIMESTAMP, i INTERVAL) AS d + i,
     (d TIMESTAMPTZ, i INTERVAL) AS d + i, (d TIME, i INTERVAL) AS d + i`,
  `sf_trunc(p, d DATE) AS CAST(date_trunc(p, d) AS DATE), (p, d TIMESTAMP) AS date_trunc(p, d), (p, d TIMESTAMPTZ) AS date_trunc(p, d)`,
  // Without a zone in it a text is of the session's zone; to be a moment without a zone, it loses the one that it has.
  // The marks of a variant's text go with it.
  String.raw`sf_zoned(x) AS regexp_replace(trim(main.sf_text(x), '"'), '\s*([+-]\d\d)(\d\d)$', '\1:\2')`,
  String.raw`sf_unzoned(x) AS regexp_replace(trim(main.sf_text(x), '"'), '(:\d\d(?:\.\d+)?)\s*(?:[+-]\d\d(?::?\d\d)?|Z)$', '\1')`,
  // A number is seconds since 1970; a text of digits is that, or milli-, micro- or nanoseconds, by its size.
  `sf_micros(n) AS ${of(
    'n',
    'CASE WHEN abs(v) < 31536000000 THEN v * 1000000 WHEN abs(v) < 31536000000000 THEN v * 1000 WHEN abs(v) < 31536000000000000 THEN v ELSE v // 1000 END',
  )}`,
  `sf_moment(x) AS ${of('main.sf_unzoned(x)', `CASE WHEN ${isWhole} THEN make_timestamp(main.sf_micros(CAST(v AS BIGINT))) ELSE CAST(v AS TIMESTAMP) END`)}`,
  `sf_moment_tz(x) AS ${of('main.sf_zoned(x)', `CASE WHEN ${isWhole} THEN make_timestamptz(main.sf_micros(CAST(v AS BIGINT))) ELSE CAST(v AS TIMESTAMPTZ) END`)}`,
  `sf_timestamp(x BIGINT) AS make_timestamp(x * 1000000), (x VARCHAR) AS main.sf_moment(x),
     (x TIMESTAMP) AS x, (x TIMESTAMPTZ) AS CAST(x AS TIMESTAMP), (x DATE) AS CAST(x AS TIMESTAMP)`,
  `sf_timestamp_tz(x BIGINT) AS to_timestamp(x), (x VARCHAR) AS main.sf_moment_tz(x),
     (x TIMESTAMP) AS CAST(x AS TIMESTAMPTZ), (x TIMESTAMPTZ) AS x, (x DATE) AS CAST(x AS TIMESTAMPTZ)`,
  'sf_try_timestamp(x) AS TRY_CAST(main.sf_unzoned(x) AS TIMESTAMP)',
  'sf_try_timestamp_tz(x) AS TRY_CAST(main.sf_zoned(x) AS TIMESTAMPTZ)',
  `sf_fitting(x, n) AS ${of('main.sf_text(x)', "CASE WHEN length(v) > n THEN error('String is too long and would be truncated') ELSE v END")}`,
  `sf_try_fitting(x, n) AS ${of('main.sf_text(x)', 'CASE WHEN length(v) <= n THEN v END')}`,
  // Where a text begins: zero is one.
  `sf_start(n) AS ${of('CAST(n AS INTEGER)', 'CASE WHEN v = 0 THEN 1 ELSE v END')}`,
  `sf_unless_null(l, f) AS CASE WHEN len(list_filter(l, lambda v: v IS NULL)) > 0 THEN NULL ELSE list_aggregate(l, f) END`,
].map((macro) => `CREATE MACRO ${macro}`);
