/** Arithmetic and functions of numbers. */
export const numbers: readonly string[] = [...operators(), ...division(), ...functions()];

function operators(): string[] {
  return [
    `snowflake_modulo(a, b) as case when b = 0 and a is not null then snowflake_failure('Division by zero', coalesce(a % b, b)) else a % b end`,
  ];
}

/**
 * A quotient of NUMBERs has six more decimals than the dividend, at most twelve, at least the dividend's, and is
 * rounded half away from zero. Done in DOUBLE where that is certain to be the same, else in HUGEINT (which is slow).
 */
function division(): string[] {
  return [
    `snowflake_scale(x) as case when starts_with(typeof(x), 'DECIMAL') then cast(regexp_extract(typeof(x), ',([0-9]+)', 1) as integer) else 0 end`,
    `snowflake_quotient_scale(x) as case
      when snowflake_scale(x) < 6 then snowflake_scale(x) + 6
      when snowflake_scale(x) < 12 then 12 else snowflake_scale(x) end`,
    // An expression whose type is that of the quotient: DECIMAL(38, s + 6), or DOUBLE if an operand is.
    'snowflake_quotient_type(a, b) as coalesce(a * cast(1 as decimal(38, 6)) + round(b, 0) * 0, 0)',
    "snowflake_is_float(x) as typeof(x) in ('DOUBLE', 'FLOAT')",
    `snowflake_unscaled(x) as cast(x * cast(power(10, snowflake_scale(x)) as bigint) as hugeint)`,
    `snowflake_rounded_quotient(n, d) as case
      when (n < 0) = (d < 0) then (abs(n) * 2 + abs(d)) // (abs(d) * 2)
      else -((abs(n) * 2 + abs(d)) // (abs(d) * 2)) end`,
    `snowflake_exact_quotient(a, b) as list_transform(
      [{
        n: snowflake_unscaled(a)
          * cast(power(10, snowflake_quotient_scale(a) - snowflake_scale(a) + snowflake_scale(b)) as bigint),
        d: snowflake_unscaled(b)
      }],
      lambda snowflake_pair: cast(snowflake_rounded_quotient(snowflake_pair.n, snowflake_pair.d) as decimal(38, 0)))[1]
      * cast_to_type(power(10, -snowflake_quotient_scale(a)), snowflake_quotient_type(a, b))`,
    // Far from a tie and with digits to spare: DOUBLE rounds to the same.
    `snowflake_is_safe_quotient(scaled) as abs(scaled) < 1e12 and abs(abs(scaled) - floor(abs(scaled)) - 0.5) > 0.001`,
    `snowflake_divide(a, b) as case
      when b = 0 and a is not null then snowflake_failure('Division by zero', snowflake_quotient_type(a, b))
      when snowflake_is_float(a) or snowflake_is_float(b)
        then cast_to_type(cast(a as double) / cast(b as double), snowflake_quotient_type(a, b))
      when snowflake_is_safe_quotient(cast(a as double) / cast(b as double) * power(10, snowflake_quotient_scale(a)))
        then cast_to_type(
          round(cast(a as double) / cast(b as double), snowflake_quotient_scale(a)), snowflake_quotient_type(a, b))
      else snowflake_exact_quotient(a, b) end`,
    // Division by zero gives zero.
    `snowflake_div0(a, b) as case when b = 0 and a is not null then cast_to_type(0, snowflake_quotient_type(a, b))
      else snowflake_divide(a, nullif(b, 0)) end`,
    `snowflake_div0null(a, b) as case when coalesce(b, 0) = 0 and a is not null then cast_to_type(0, snowflake_quotient_type(a, b))
      else snowflake_divide(a, nullif(b, 0)) end`,
  ];
}

function functions(): string[] {
  return [
    // Of a list, NULL if one of it is.
    `snowflake_greatest(list) as list_transform([list], lambda l: case when len(l) = list_count(l) then list_max(l) end)[1]`,
    `snowflake_least(list) as list_transform([list], lambda l: case when len(l) = list_count(l) then list_min(l) end)[1]`,
    // In its own width a DECIMAL would be rounded to tens wrongly: 99.9 to 0.
    `snowflake_round_whole(x, n) as round(x + cast(0 as decimal(38, 0)), n)`,
    `snowflake_ceiling(x, n) as case
      when round(x, n) < x then round(round(x, n) + cast_to_type(power(10, -n), round(x, n)), n) else round(x, n) end`,
    `snowflake_floor(x, n) as case
      when round(x, n) > x then round(round(x, n) - cast_to_type(power(10, -n), round(x, n)), n) else round(x, n) end`,
    `snowflake_sqrt(x) as case when x < 0 then snowflake_failure('Invalid floating point operation: sqrt(' || x || ')', 0e0) else sqrt(x) end`,
    `snowflake_ln(x) as ln(x)`,
    `snowflake_log(base, x) as ln(x) / ln(base)`,
    `snowflake_factorial(x) as factorial(cast(x as integer))`,
    `snowflake_square(x) as power(x, 2)`,
    `snowflake_width_bucket(x, low, high, buckets) as case
      when x < low then 0
      when x >= high then cast(buckets as bigint) + 1
      else cast(floor((x - low) / (cast(high as double) - low) * buckets) as bigint) + 1 end`,
    `snowflake_bit_shift_left(x, n) as cast(x as bigint) << cast(n as integer)`,
    `snowflake_bit_shift_right(x, n) as cast(x as bigint) >> cast(n as integer)`,
    `snowflake_haversine(a1, o1, a2, o2) as 2 * 6371 * asin(sqrt(
      power(sin(radians(a2 - a1) / 2), 2) + cos(radians(a1)) * cos(radians(a2)) * power(sin(radians(o2 - o1) / 2), 2)))`,
  ];
}
