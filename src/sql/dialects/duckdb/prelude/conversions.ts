/**
 * Casts with the source dialect's rules. What is right depends on the argument's type, so a macro asks `typeof`, which
 * is settled when a statement is planned: only one branch is left then. Overloads by type would not do: an argument
 * with an aggregate, a window or an alias in it has no type yet when DuckDB chooses among them.
 *
 * A macro repeats its arguments wherever it names them, and what is repeated inside of what is repeated grows by powers:
 * `list_transform([x], lambda v: …)[1]` has its argument once.
 *
 * `snowflake_try_…` take a text and give NULL for what cannot be read; the others report an error.
 */
export const conversions: readonly string[] = [
  ...failures(),
  ...jsonNull(),
  ...texts(),
  ...numbers(),
  ...booleans(),
  ...datesAndTimes(),
];

/**
 * Errors are made by a cast that fails, because `error()` counts as a side effect: an alias of an expression with one
 * cannot be used in another expression of the same SELECT. `snowflake_failure` has the type of its example.
 */
function failures(): string[] {
  return ['snowflake_failure(message, example) as cast_to_type(cast(cast(message as integer) as varchar), example)'];
}

/** JSON's null where it stands alone, and a VARIANT with NULL in its place, as which it counts in casts. */
function jsonNull(): string[] {
  return [
    `snowflake_json_null() as cast(interval '0 seconds' as variant)`,
    `snowflake_is_json_null(x) as variant_typeof(cast(x as variant)) = 'INTERVAL'`,
    `snowflake_value(x) as list_transform([cast(x as variant)], lambda v: case
      when not snowflake_is_json_null(v) then v end)[1]`,
    `snowflake_scalar_text(x) as cast(snowflake_value(x) as varchar)`,
  ];
}

function texts(): string[] {
  return [
    // 15 significant digits; how very large and very small numbers are written is not documented.
    `snowflake_float_text(x) as list_transform([cast(x as double)], lambda v: case
      when isnan(v) then 'NaN'
      when isinf(v) then case when v > 0 then 'inf' else '-inf' end
      when v = trunc(v) and abs(v) < 1e15 then cast(cast(v as bigint) as varchar)
      when abs(v) >= 1e-5 and abs(v) < 1e15 then format('{:.15g}', v)
      else snowflake_failure('The text of the FLOAT ' || cast(v as varchar) || ' is not available on DuckDB', '') end)[1]`,
    `snowflake_instant_text(x) as strftime(x, '%Y-%m-%d %H:%M:%S.%g ')
      || rpad(replace(strftime(x, '%z'), ':', ''), 5, '0')`,
    // TRY_CAST: DuckDB moves plain casts out of a CASE into the scan of a table with a VARIANT, where they fail.
    `snowflake_variant_text(x) as list_transform([cast(x as variant)], lambda v: case
      when variant_typeof(v) = 'VARCHAR' then cast(v as varchar)
      when variant_typeof(v) in ('DOUBLE', 'FLOAT') then snowflake_float_text(try_cast(v as double))
      when starts_with(variant_typeof(v), 'OBJECT') or starts_with(variant_typeof(v), 'ARRAY')
        then cast(cast(v as json) as varchar)
      when variant_typeof(v) = 'TIMESTAMP_MICROS' then strftime(try_cast(v as timestamp), '%Y-%m-%d %H:%M:%S.%g')
      when variant_typeof(v) = 'BLOB' then hex(try_cast(v as blob))
      else snowflake_scalar_text(v) end)[1]`,
    `snowflake_text(x) as case typeof(x)
      when 'VARIANT' then snowflake_variant_text(cast(x as variant))
      when 'DOUBLE' then snowflake_float_text(cast(x as double))
      when 'FLOAT' then snowflake_float_text(cast(x as double))
      when 'TIMESTAMP' then strftime(cast(x as timestamp), '%Y-%m-%d %H:%M:%S.%g')
      when 'TIMESTAMP WITH TIME ZONE' then snowflake_instant_text(cast(x as timestamptz))
      when 'BLOB' then hex(cast(x as blob))
      else cast(x as varchar) end`,
    // Whether a longer text is cut or refused is not documented, so it is refused.
    `snowflake_text_within(x, size) as case
      when length(x) > size then snowflake_failure('A text is longer than VARCHAR(' || size || ')', '') else x end`,
    // `value` is what `written` was read as: NULL if it could not be.
    `snowflake_recognized(value, written, kind, example) as coalesce(value, case
      when written is not null then snowflake_failure(kind || ' ''' || written || ''' is not recognized', example) end)`,
  ];
}

function numbers(): string[] {
  return [
    // DuckDB would also read 1_000 and 0x1F.
    `snowflake_try_number_text(x) as case
      when regexp_full_match(trim(x), '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?') then trim(x) end`,
    `snowflake_number_text(x) as snowflake_recognized(snowflake_try_number_text(x), x, 'Numeric value', '')`,
    `snowflake_variant_number_text(x) as list_transform([cast(x as variant)], lambda v: case
      when variant_typeof(v) = 'VARCHAR' then snowflake_number_text(cast(v as varchar))
      when variant_typeof(v) = 'BOOL_TRUE' then '1'
      when variant_typeof(v) = 'BOOL_FALSE' then '0'
      else snowflake_scalar_text(v) end)[1]`,
    // A cast to DECIMAL rounds half away from zero; one of DOUBLE to BIGINT would round half to even.
    `snowflake_decimal(x, example) as case typeof(x)
      when 'VARCHAR' then cast_to_type(snowflake_number_text(cast(x as varchar)), example)
      when 'VARIANT' then cast_to_type(snowflake_variant_number_text(cast(x as variant)), example)
      when 'BOOLEAN' then cast_to_type(cast(cast(x as boolean) as integer), example)
      else cast_to_type(x, example) end`,
    // Reading a text as DECIMAL(38, 0) takes a hundred times as long as reading it as BIGINT.
    `snowflake_integer_of_number_text(x) as list_transform([x], lambda t: case
      when regexp_full_match(t, '[0-9]{1,18}') then cast(t as bigint)
      else cast(cast(t as decimal(38, 0)) as bigint) end)[1]`,
    `snowflake_integer_of_text(x) as snowflake_integer_of_number_text(snowflake_number_text(x))`,
    `snowflake_integer(x) as case typeof(x)
      when 'VARCHAR' then snowflake_integer_of_text(cast(x as varchar))
      when 'VARIANT' then snowflake_integer_of_number_text(snowflake_variant_number_text(x))
      when 'BOOLEAN' then cast(x as bigint)
      else cast(cast(x as decimal(38, 0)) as bigint) end`,
    `snowflake_try_integer(x) as try_cast(try_cast(snowflake_try_number_text(x) as decimal(38, 0)) as bigint)`,
    `snowflake_try_float(x) as case
      when lower(trim(x)) in ('nan', 'inf', '-inf') then cast(trim(x) as double)
      else try_cast(snowflake_try_number_text(x) as double) end`,
    `snowflake_float_of_text(x) as snowflake_recognized(snowflake_try_float(x), x, 'Numeric value', 0e0)`,
    `snowflake_float(x) as case typeof(x)
      when 'VARCHAR' then snowflake_float_of_text(cast(x as varchar))
      when 'VARIANT' then cast(snowflake_variant_number_text(cast(x as variant)) as double)
      else cast(x as double) end`,
    // An operand of arithmetic, where DuckDB would read a VARIANT as a whole number.
    `snowflake_operand(x) as case
      when typeof(x) = 'VARIANT' then snowflake_failure('Arithmetic with a VARIANT needs a cast to a number on DuckDB', x) else x end`,
  ];
}

function booleans(): string[] {
  return [
    `snowflake_try_boolean(x) as case
      when lower(x) in ('true', 't', 'yes', 'y', 'on', '1') then true
      when lower(x) in ('false', 'f', 'no', 'n', 'off', '0') then false end`,
    `snowflake_boolean_of_text(x) as snowflake_recognized(snowflake_try_boolean(x), x, 'Boolean value', true)`,
    `snowflake_boolean(x) as case typeof(x)
      when 'BOOLEAN' then cast(x as boolean)
      when 'VARCHAR' then snowflake_boolean_of_text(cast(x as varchar))
      when 'VARIANT' then snowflake_boolean_of_text(snowflake_scalar_text(x))
      else cast(x as double) <> 0 end`,
  ];
}

function datesAndTimes(): string[] {
  const isoMoment =
    '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{0,9})?)?)?( ?([Zz]|[+-][0-9]{1,2}(:?[0-9]{2})?))?';
  return [
    // Texts of whole numbers are seconds, or by their size thousandths, millionths or billionths of a second.
    `snowflake_timestamp_of_epoch(x) as case
      when abs(x) < 31536000000 then make_timestamp(x * 1000000)
      when abs(x) < 31536000000000 then make_timestamp(x * 1000)
      when abs(x) < 31536000000000000 then make_timestamp(x)
      else make_timestamp(x // 1000) end`,
    // A time zone in the text is read over: the wall clock's time stays.
    `snowflake_try_timestamp(x) as list_transform([x], lambda t: case
      when regexp_matches(t, ':[0-9]{2}\\.[0-9]{6}[0-9]*[1-9]')
        then snowflake_failure('DuckDB has no nanoseconds: ' || t, timestamp '1970-01-01')
      when regexp_full_match(trim(t), '${isoMoment}')
        then try_cast(regexp_replace(trim(t), '^(.{10}.*?) ?([Zz]|[+-][0-9]{1,2}(:?[0-9]{2})?)$', '\\1') as timestamp)
      when regexp_full_match(trim(t), '-?[0-9]+') then snowflake_timestamp_of_epoch(try_cast(trim(t) as bigint)) end)[1]`,
    `snowflake_timestamp_of_text(x) as snowflake_recognized(snowflake_try_timestamp(x), x, 'Timestamp', timestamp '1970-01-01')`,
    `snowflake_try_date(x) as list_transform([x], lambda t: case
      when regexp_full_match(trim(t), '[0-9]{1,2}-[A-Za-z]{3}-[0-9]{4}') then cast(try_strptime(trim(t), '%d-%b-%Y') as date)
      when regexp_full_match(trim(t), '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}') then cast(try_strptime(trim(t), '%m/%d/%Y') as date)
      else cast(snowflake_try_timestamp(t) as date) end)[1]`,
    `snowflake_date_of_text(x) as snowflake_recognized(snowflake_try_date(x), x, 'Date', date '1970-01-01')`,
    `snowflake_date(x) as case typeof(x)
      when 'VARCHAR' then snowflake_date_of_text(cast(x as varchar))
      when 'VARIANT' then snowflake_date_of_text(snowflake_scalar_text(x))
      else cast(x as date) end`,
    `snowflake_timestamp(x) as case
      when typeof(x) = 'VARIANT' then snowflake_timestamp_of_text(snowflake_scalar_text(x))
      when typeof(x) = 'VARCHAR' then snowflake_timestamp_of_text(cast(x as varchar))
      when typeof(x) in ('DATE', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', '"NULL"')
        then cast(x as timestamp)
      else make_timestamp(cast(cast(x as decimal(38, 6)) * 1000000 as bigint)) end`,
    `snowflake_try_instant(x) as list_transform([x], lambda t: case
      when regexp_matches(trim(t), '([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$') and length(trim(t)) > 12
        then try_cast(regexp_replace(trim(t), ' ?([+-][0-9]{2}):?([0-9]{2})$', '\\1:\\2') as timestamptz)
      when regexp_full_match(trim(t), '-?[0-9]+') then timezone('UTC', snowflake_try_timestamp(t))
      else cast(snowflake_try_timestamp(t) as timestamptz) end)[1]`,
    `snowflake_instant_of_text(x) as snowflake_recognized(snowflake_try_instant(x), x, 'Timestamp', timestamptz '1970-01-01 00:00:00+00')`,
    `snowflake_instant(x) as case
      when typeof(x) = 'VARIANT' then snowflake_instant_of_text(snowflake_scalar_text(x))
      when typeof(x) = 'VARCHAR' then snowflake_instant_of_text(cast(x as varchar))
      when typeof(x) in ('DATE', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', '"NULL"')
        then cast(x as timestamptz)
      else to_timestamp(cast(x as double)) end`,
    `snowflake_try_time(x) as case
      when regexp_full_match(trim(x), '[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{0,9})?)?') then try_cast(trim(x) as time) end`,
    `snowflake_time_of_text(x) as snowflake_recognized(snowflake_try_time(x), x, 'Time', time '00:00:00')`,
    `snowflake_time(x) as case
      when typeof(x) = 'VARIANT' then snowflake_time_of_text(snowflake_scalar_text(x))
      when typeof(x) = 'VARCHAR' then snowflake_time_of_text(cast(x as varchar))
      when typeof(x) = 'TIMESTAMP WITH TIME ZONE' then cast(cast(x as timestamp) as time)
      else cast(x as time) end`,
  ];
}
