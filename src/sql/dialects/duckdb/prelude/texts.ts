/** Functions of texts, regular expressions among them. */
export const texts: readonly string[] = [...pieces(), ...searching(), ...rewriting(), ...patterns()];

function pieces(): string[] {
  return [
    'snowflake_left(x, n) as case when n < 0 then substring(x, 1, 0) else left(x, cast(n as bigint)) end',
    'snowflake_right(x, n) as case when n < 0 then substring(x, 1, 0) else right(x, cast(n as bigint)) end',
    // Position 0 is that of the first character; a negative one counts from the end.
    `snowflake_substring_start(x, start) as case
      when start = 0 then 1
      when start < -length(x) then snowflake_failure('SUBSTR from before the first character is not available on DuckDB', 0)
      else cast(start as bigint) end`,
    `snowflake_substring(x, start) as substring(x, snowflake_substring_start(x, start)),
     (x, start, n) as case
      when n < 0 then substring(x, 1, 0)
      else substring(x, snowflake_substring_start(x, start), cast(n as bigint)) end`,
    `snowflake_split_part(x, delimiter, n) as case
      when delimiter = '' then case when n in (0, 1, -1) then x else substring(x, 1, 0) end
      when n = 0 then split_part(x, delimiter, 1)
      else split_part(x, delimiter, cast(n as bigint)) end`,
    "snowflake_split(x, delimiter) as case when delimiter = '' then [x] else str_split(x, delimiter) end",
    `snowflake_tokens(x, delimiters) as list_filter(
      str_split(translate(x, delimiters, repeat(left(delimiters, 1), length(delimiters))), left(delimiters, 1)), lambda t: t <> '')`,
    `snowflake_strtok(x, delimiters, n) as case
      when n > 0 then snowflake_tokens(x, delimiters)[cast(n as bigint)] else snowflake_failure('STRTOK counts from 1', '') end`,
    'snowflake_insert(x, start, n, y) as left(x, cast(start as bigint) - 1) || y || substring(x, cast(start as bigint) + cast(n as bigint))',
  ];
}

function searching(): string[] {
  return [
    // An empty text is found at once.
    `snowflake_position(piece, x) as strpos(x, piece),
     (piece, x, start) as case
      when piece = '' and start <= length(x) then 1
      when start < 1 then snowflake_failure('POSITION counts from 1', 0)
      when strpos(substring(x, cast(start as bigint)), piece) = 0 then 0
      else strpos(substring(x, cast(start as bigint)), piece) + cast(start as bigint) - 1 end`,
  ];
}

function rewriting(): string[] {
  const delimiters = '[\\\\s!?@"^#$&~_,.:;+\\\\-*%/|\\\\\\\\\\\\[\\\\](){}<>]';
  return [
    `snowflake_initcap(x) as array_to_string(list_transform(
      regexp_extract_all(lower(x), '${delimiters.replaceAll('\\\\', '\\')}+|${delimiters.replaceAll('\\\\', '\\').replace('[', '[^')}+'),
      lambda word: upper(word[1]) || word[2:]), '')`,
    'snowflake_lpad(x, n, pad) as case when n < 0 then substring(x, 1, 0) else lpad(x, cast(n as integer), pad) end',
    'snowflake_rpad(x, n, pad) as case when n < 0 then substring(x, 1, 0) else rpad(x, cast(n as integer), pad) end',
    'snowflake_repeat(x, n) as case when n < 0 then substring(x, 1, 0) else repeat(x, cast(n as bigint)) end',
    'snowflake_base64(x) as to_base64(encode(x))',
    'snowflake_text_of_base64(x) as decode(from_base64(x))',
    'snowflake_hex(x) as hex(encode(x))',
    'snowflake_text_of_hex(x) as decode(unhex(x))',
    `snowflake_character(n) as case when n < 0 or n > 1114111 then snowflake_failure('Invalid code point', '') else chr(cast(n as integer)) end`,
    "snowflake_code_point(x) as case when x = '' then 0 else unicode(x) end",
  ];
}

/** Flags come inside the pattern, as `(?i)`, put there when a statement is translated. */
function patterns(): string[] {
  return [
    `snowflake_regexp_substr(x, pattern, start, occurrence, part) as
      regexp_extract_all(substring(x, cast(start as bigint)), pattern, part)[cast(occurrence as bigint)]`,
    `snowflake_regexp_count(x, pattern, start) as len(regexp_extract_all(substring(x, cast(start as bigint)), pattern))`,
    `snowflake_regexp_replace_from(x, pattern, replacement, start) as
      left(x, cast(start as bigint) - 1) || regexp_replace(substring(x, cast(start as bigint)), pattern, replacement, 'g')`,
    `snowflake_regexp_lengths(list, n) as coalesce(list_sum(list_transform(list[1:n], lambda t: length(t))), 0)`,
    // The texts before and between the matches, and the matches before it, lie before a match.
    `snowflake_regexp_instr(x, pattern, start, occurrence, past) as case
      when x is null or pattern is null then null
      when len(regexp_extract_all(substring(x, start), pattern)) < occurrence then 0
      else cast(start
        + snowflake_regexp_lengths(regexp_split_to_array(substring(x, start), pattern), occurrence)
        + snowflake_regexp_lengths(regexp_extract_all(substring(x, start), pattern), occurrence - 1 + past) as bigint) end`,
  ];
}
