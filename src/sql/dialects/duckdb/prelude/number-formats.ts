/**
 * Numbers as formats want them. A format is taken apart when a statement is translated; `example` is 0 with as many digits
 * behind the point as it has.
 */
export const numberFormats: readonly string[] = [
  // Where a FLOAT lies between two numbers, which is written is not documented; nor is the sign of what becomes zero.
  `snowflake_rounded(x, example, scale) as list_transform([x], lambda v: case
    when typeof(v) in ('DOUBLE', 'FLOAT')
      and abs(abs(cast(v as double)) * power(10e0, scale) % 1 - 0.5) < 1e-6
      then snowflake_failure('The text of a FLOAT between two numbers is not available on DuckDB', example)
    when v < 0 and cast_to_type(v, example) = 0
      then snowflake_failure('The text of a negative number that is rounded to zero is not available on DuckDB', example)
    else cast_to_type(v, example) end)[1]`,
  // The digits of a number in the places of a format, blanks before them; the separators that have digits before them.
  `snowflake_placed(digits, places) as list_reduce(list_transform(
    range(1, length(places) + 1), lambda p: case
      when places[p] <> ',' then digits[length(replace(places[:p], ',', ''))]
      when digits[length(replace(places[:p], ',', ''))] = ' ' then ' '
      else ',' end), lambda text, one: text || one)`,
  `snowflake_whole_text(whole, places, least) as snowflake_placed(case
    when length(whole) > length(replace(places, ',', '')) then repeat('#', length(replace(places, ',', '')))
    else lpad(lpad(whole, cast(greatest(length(whole), least) as integer), '0'), cast(length(replace(places, ',', '')) as integer), ' ') end, places)`,
  `snowflake_fraction_text(fraction, overflows, least) as case
    when overflows then repeat('#', length(fraction))
    else rpad(rpad(rtrim(fraction, '0'), cast(greatest(length(rtrim(fraction, '0')), least) as integer), '0'), cast(length(fraction) as integer), ' ') end`,
  // A mark stands right before what is no blank.
  `snowflake_led(body, mark) as repeat(' ', length(body) - length(ltrim(body))) || mark || ltrim(body)`,
  `snowflake_signed(body, place, sign, dollar) as case place
    when 'before' then sign || snowflake_led(body, dollar)
    when 'behind' then snowflake_led(body, dollar) || sign
    else snowflake_led(body, sign || dollar) end`,
  `snowflake_fixed_text(x, example, scale, places, least, point, least_behind, place, plus, dollar) as list_transform(
    [snowflake_rounded(x, example, scale)], lambda v: list_transform(
      [{ whole: ltrim(split_part(cast(abs(v) as varchar), '.', 1), '0'), fraction: split_part(cast(abs(v) as varchar), '.', 2) }],
      lambda snowflake_parts: snowflake_signed(
        snowflake_whole_text(snowflake_parts.whole, places, least) || point || snowflake_fraction_text(
          snowflake_parts.fraction, length(snowflake_parts.whole) > length(replace(places, ',', '')), least_behind),
        place, case when v < 0 then '-' else plus end, dollar))[1])[1]`,
  `snowflake_exact_number(x) as case
    when typeof(x) in ('DOUBLE', 'FLOAT') then snowflake_failure('The shortest text of a FLOAT is not available on DuckDB', x) else x end`,
  'snowflake_exact_text(x) as cast(snowflake_exact_number(x) as varchar)',
  `snowflake_scientific_text(x, mark) as list_transform([cast(snowflake_exact_number(x) as varchar)], lambda t: case
    when t is null then null
    when trim(t, '-0.') = '' then '0' || mark || '0'
    else left(t, cast(t[1] = '-' as integer)) || list_transform(
      [{ digits: trim(replace(ltrim(t, '-'), '.', ''), '0'),
        power: length(split_part(ltrim(t, '-'), '.', 1)) - 1 - length(replace(ltrim(t, '-'), '.', '')) + length(ltrim(replace(ltrim(t, '-'), '.', ''), '0')) }],
      lambda snowflake_parts: snowflake_parts.digits[1] || case when length(snowflake_parts.digits) > 1 then '.' || snowflake_parts.digits[2:] else '' end || mark || snowflake_parts.power)[1] end)[1]`,
  // Negative numbers without a sign are written as their two's complement.
  `snowflake_hexadecimal_text(x, width, fill, signed) as list_transform([cast(trunc(x) as hugeint)], lambda v: case
    when trunc(x) <> round(x) then snowflake_failure('Hexadecimal digits of a number with a fraction are not available on DuckDB', '')
    when v >= power(16::hugeint, width) or (signed and -v >= power(16::hugeint, width)) or -v > power(16::hugeint, width) / 2
      then snowflake_failure('More hexadecimal digits than the format has are not available on DuckDB', '')
    when signed then case when v < 0 then '-' else '+' end || lpad(hex(cast(abs(v) as bigint)), width, fill)
    when v < 0 then right(hex(cast(v as bigint)), width)
    else lpad(hex(cast(v as bigint)), width, fill) end)[1]`,
];
