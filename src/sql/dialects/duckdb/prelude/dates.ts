/**
 * Dates and times. `cast_to_type(…, x)` keeps the argument's type: what is done to a DATE stays a DATE, where DuckDB's
 * own functions would make a TIMESTAMP of it.
 */
export const dates: readonly string[] = [...adding(), ...differences(), ...parts(), ...making()];

function adding(): string[] {
  return [
    // A text needs a cast: whether its sum is a DATE or a TIMESTAMP would have to be guessed.
    `snowflake_moment(x) as case
      when typeof(x) in ('VARIANT', 'VARCHAR') then snowflake_failure('A date function needs a date or timestamp here on DuckDB: cast the ' || typeof(x), x) else x end`,
    'snowflake_add_months(x, n) as cast_to_type(x + to_months(cast(round(n) as integer)), x)',
    'snowflake_add_days(x, n) as cast_to_type(x + to_days(cast(round(n) as integer)), x)',
    'snowflake_add_hours(x, n) as x + to_hours(cast(round(n) as bigint))',
    'snowflake_add_minutes(x, n) as x + to_minutes(cast(round(n) as bigint))',
    'snowflake_add_milliseconds(x, n) as x + to_microseconds(cast(round(n) as bigint) * 1000)',
    'snowflake_add_seconds(x, n) as x + to_microseconds(cast(round(n) as bigint) * 1000000)',
    'snowflake_add_microseconds(x, n) as x + to_microseconds(cast(round(n) as bigint))',
    `snowflake_add_nanoseconds(x, n) as x + to_microseconds(case
      when cast(n as bigint) % 1000 <> 0 then snowflake_failure('DuckDB has no nanoseconds', 0) else cast(n as bigint) // 1000 end)`,
    // The last day of a month goes to the last day of a month.
    `snowflake_add_months_to_end(x, n) as cast_to_type(case
      when cast(x as date) = last_day(cast(x as date))
        then last_day(cast(x as date) + to_months(cast(round(n) as integer))) + (cast(x as timestamp) - date_trunc('day', cast(x as timestamp)))
      else cast(x as timestamp) + to_months(cast(round(n) as integer)) end, x)`,
  ];
}

function differences(): string[] {
  // How many boundaries of the unit lie between; weeks begin on Monday.
  const ofDates = (unit: string): string =>
    `snowflake_${unit}s_between(a, b) as date_diff('${unit}', snowflake_date(a), snowflake_date(b))`;
  const ofTimes = (unit: string): string =>
    `snowflake_${unit}s_between(a, b) as date_diff('${unit}', snowflake_on_one_clock(a, b), snowflake_on_one_clock(b, a))`;
  return [
    `snowflake_on_one_clock(x, other) as case
      when typeof(x) = 'TIME' then date '1970-01-01' + cast(x as time)
      when 'TIMESTAMP WITH TIME ZONE' in (typeof(x), typeof(other)) then make_timestamp(epoch_us(snowflake_instant(x)))
      else snowflake_timestamp(x) end`,
    ...['year', 'quarter', 'month', 'day'].map(ofDates),
    `snowflake_weeks_between_dates(a, b) as date_diff('day',
      cast(date_trunc('week', a) as date), cast(date_trunc('week', b) as date)) // 7`,
    'snowflake_weeks_between(a, b) as snowflake_weeks_between_dates(snowflake_date(a), snowflake_date(b))',
    ...['hour', 'minute', 'second', 'millisecond', 'microsecond'].map(ofTimes),
    'snowflake_nanoseconds_between(a, b) as snowflake_microseconds_between(a, b) * 1000',
    // Of timestamps. The lambda is for what it is called with, which a macro would repeat.
    `snowflake_months_between_exactly(a, b) as list_transform([{ a: a, b: b }], lambda snowflake_pair: case
      when day(snowflake_pair.a) = day(snowflake_pair.b)
        or (cast(snowflake_pair.a as date) = last_day(cast(snowflake_pair.a as date)) and cast(snowflake_pair.b as date) = last_day(cast(snowflake_pair.b as date)))
        then cast((year(snowflake_pair.a) - year(snowflake_pair.b)) * 12 + month(snowflake_pair.a) - month(snowflake_pair.b) as double)
      else round((year(snowflake_pair.a) - year(snowflake_pair.b)) * 12 + month(snowflake_pair.a) - month(snowflake_pair.b)
        + (day(snowflake_pair.a) - day(snowflake_pair.b) + (epoch_us(snowflake_pair.a) % 86400000000 - epoch_us(snowflake_pair.b) % 86400000000) / 86400000000) / 31, 6) end)[1]`,
  ];
}

function parts(): string[] {
  const dayNumber = `list_position(['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], lower(left(trim(name), 2)))`;
  return [
    'snowflake_truncate_date(unit, x) as cast_to_type(date_trunc(unit, x), x)',
    'snowflake_nanosecond(x) as (microsecond(x) % 1000000) * 1000',
    'snowflake_epoch_seconds(x) as cast(floor(epoch_us(x) / 1000000) as bigint)',
    'snowflake_epoch_milliseconds(x) as epoch_ms(x)',
    'snowflake_epoch_microseconds(x) as epoch_us(x)',
    'snowflake_epoch_nanoseconds(x) as epoch_us(x) * 1000',
    "snowflake_last_day_of_week(x) as cast(date_trunc('week', x) as date) + 6",
    "snowflake_last_day_of_quarter(x) as last_day(cast(date_trunc('quarter', x) as date) + to_months(2))",
    'snowflake_last_day_of_year(x) as make_date(year(x), 12, 31)',
    `snowflake_next_day(x, name) as cast(x as date)
      + cast((${dayNumber} - isodow(cast(x as date)) + 6) % 7 + 1 as integer)`,
    `snowflake_previous_day(x, name) as cast(x as date)
      - cast((isodow(cast(x as date)) - ${dayNumber} + 6) % 7 + 1 as integer)`,
    // Slices are counted from the first of January 1970, weeks from a Monday.
    `snowflake_slice_start(x, width, origin) as cast_to_type(time_bucket(width, cast(x as timestamp), origin), x)`,
    `snowflake_slice_end(x, width, origin) as cast_to_type(time_bucket(width, cast(x as timestamp), origin) + width, x)`,
  ];
}

function making(): string[] {
  return [
    // Parts may lie outside of their range: month 13 is January of the year after, day 0 the last of the month before.
    `snowflake_date_of_parts(y, m, d) as cast(make_date(cast(y as bigint), 1, 1)
      + to_months(cast(m as integer) - 1) + to_days(cast(d as integer) - 1) as date)`,
    `snowflake_time_of_parts(h, m, s) as cast(timestamp '1970-01-01'
      + to_hours(cast(h as bigint)) + to_minutes(cast(m as bigint)) + to_microseconds(cast(s as bigint) * 1000000) as time),
     (h, m, s, n) as cast(timestamp '1970-01-01' + to_hours(cast(h as bigint)) + to_minutes(cast(m as bigint))
      + to_microseconds(cast(s as bigint) * 1000000 + cast(n as bigint) // 1000) as time)`,
    `snowflake_timestamp_of_parts(d, t) as cast(d as date) + cast(t as time),
     (y, mo, d, h, mi, s) as cast(snowflake_date_of_parts(y, mo, d) as timestamp)
      + to_hours(cast(h as bigint)) + to_minutes(cast(mi as bigint)) + to_microseconds(cast(s as bigint) * 1000000),
     (y, mo, d, h, mi, s, n) as cast(snowflake_date_of_parts(y, mo, d) as timestamp)
      + to_hours(cast(h as bigint)) + to_minutes(cast(mi as bigint))
      + to_microseconds(cast(s as bigint) * 1000000 + cast(n as bigint) // 1000)`,
    'snowflake_convert_timezone(source, target, x) as timezone(target, timezone(source, cast(x as timestamp)))',
    'snowflake_at_timezone(target, x) as timezone(target, cast(x as timestamptz))',
    'snowflake_current_time() as cast(cast(now() as timestamp) as time)',
    "snowflake_utc_now() as timezone('UTC', now())",
    // A scale of 3 means thousandths of a second.
    `snowflake_timestamp_of_number(x, scale) as make_timestamp(cast(cast(x as decimal(38, 6)) * 1000000 / power(10, scale) as bigint))`,
  ];
}
