/**
 * VARIANT, OBJECT and ARRAY, all three kept as DuckDB's VARIANT. Inside of one, JSON's null is a null; standing alone it
 * would be NULL, so that there it is an INTERVAL, of which Snowflake's VARIANT knows none.
 */
export const semiStructured: readonly string[] = [...nulls(), ...kinds(), ...values(), ...arrays(), ...objects()];

/** Those that the conversions need come with them: a macro calls none but those before it. */
function nulls(): string[] {
  return [
    `snowflake_kept_null(x, is_there) as coalesce(x, case when is_there then snowflake_json_null() end)`,
    'snowflake_is_null_value(x) as case when x is not null then snowflake_is_json_null(x) end',
  ];
}

function kinds(): string[] {
  return [
    `snowflake_is_array(x) as starts_with(variant_typeof(cast(x as variant)), 'ARRAY')`,
    `snowflake_is_object(x) as starts_with(variant_typeof(cast(x as variant)), 'OBJECT')`,
    `snowflake_is_text(x) as variant_typeof(cast(x as variant)) = 'VARCHAR'`,
    `snowflake_is_boolean(x) as starts_with(variant_typeof(cast(x as variant)), 'BOOL')`,
    `snowflake_is_integer(x) as regexp_full_match(variant_typeof(cast(x as variant)), 'U?INT[0-9]+|DECIMAL\\([0-9]+, 0\\)')`,
    `snowflake_is_float(x) as variant_typeof(cast(x as variant)) in ('DOUBLE', 'FLOAT')`,
    `snowflake_is_date(x) as variant_typeof(cast(x as variant)) = 'DATE'`,
    `snowflake_typeof(x) as list_transform([cast(x as variant)], lambda v: case
      when v is null then null
      when snowflake_is_json_null(v) then 'NULL_VALUE'
      when snowflake_is_array(v) then 'ARRAY'
      when snowflake_is_object(v) then 'OBJECT'
      when snowflake_is_boolean(v) then 'BOOLEAN'
      when snowflake_is_integer(v) then 'INTEGER'
      when snowflake_is_text(v) then 'VARCHAR'
      when snowflake_is_date(v) then 'DATE'
      when variant_typeof(v) = 'TIMESTAMP_MICROS' then 'TIMESTAMP_NTZ'
      when variant_typeof(v) = 'TIMESTAMP_MICROS_TZ' then 'TIMESTAMP_LTZ'
      when variant_typeof(v) = 'TIME_MICROS' then 'TIME'
      when variant_typeof(v) = 'BLOB' then 'BINARY'
      when starts_with(variant_typeof(v), 'DECIMAL') then 'DECIMAL'
      when snowflake_is_float(v)
        then case when try_cast(v as double) = trunc(try_cast(v as double)) and abs(try_cast(v as double)) < 1e15 then 'INTEGER' else 'DECIMAL' end
      else snowflake_failure('The type of this VARIANT is not known on DuckDB: ' || variant_typeof(v), '') end)[1]`,
  ];
}

function values(): string[] {
  return [
    `snowflake_variant_of_json(x) as list_transform([x], lambda j: case
      when cast(j as varchar) = 'null' then snowflake_json_null() else cast(j as variant) end)[1]`,
    `snowflake_parse_json(x) as list_transform([x], lambda t: case
      when trim(t) <> '' then snowflake_variant_of_json(cast(t as json)) end)[1]`,
    `snowflake_try_parse_json(x) as list_transform([x], lambda t: case
      when trim(t) <> '' then snowflake_variant_of_json(try_cast(t as json)) end)[1]`,
    `snowflake_to_json(x) as list_transform([cast(x as variant)], lambda v: case
      when snowflake_is_json_null(v) then 'null' else cast(cast(v as json) as varchar) end)[1]`,
    // A value as part of a JSON text; NULL stays NULL.
    `snowflake_json(x) as list_transform([x], lambda v: case
      when v is null then null
      when typeof(v) in ('VARIANT', 'JSON') then snowflake_to_json(v)
      when typeof(v) = 'TIMESTAMP' then cast(to_json(strftime(cast(v as timestamp), '%Y-%m-%d %H:%M:%S.%g')) as varchar)
      when starts_with(typeof(v), 'DECIMAL') then cast(v as varchar)
      else cast(to_json(v) as varchar) end)[1]`,
  ];
}

function arrays(): string[] {
  return [
    `snowflake_elements(x) as list_transform([cast(x as variant)],
      lambda v: case when snowflake_is_array(v) then try_cast(v as variant[]) end)[1]`,
    'snowflake_kept_elements(x) as list_transform(snowflake_elements(x), lambda e: coalesce(e, snowflake_json_null()))',
    `snowflake_array(list) as cast(list as variant)`,
    `snowflake_array_of_kept(list) as cast(list_transform(list, lambda e: snowflake_value(e)) as variant)`,
    `snowflake_to_array(x) as list_transform([cast(x as variant)], lambda v: case
      when snowflake_value(v) is null then null
      when snowflake_is_array(v) then v
      else cast([v] as variant) end)[1]`,
    `snowflake_json_texts(x) as list_transform(snowflake_elements(x), lambda e: coalesce(snowflake_to_json(e), 'null'))`,
    `snowflake_array_of_json(texts) as cast(cast('[' || array_to_string(texts, ',') || ']' as json) as variant)`,
    'snowflake_array_size(x) as len(snowflake_elements(x))',
    `snowflake_array_contains(x, list) as list_contains(snowflake_json_texts(list), coalesce(snowflake_json(x), 'null'))`,
    `snowflake_array_position(x, list) as list_position(snowflake_json_texts(list), snowflake_json(x)) - 1`,
    'snowflake_array_append(list, x) as cast(list_append(snowflake_elements(list), snowflake_value(x)) as variant)',
    'snowflake_array_prepend(list, x) as cast(list_prepend(snowflake_value(x), snowflake_elements(list)) as variant)',
    `snowflake_array_cat(a, b) as case
      when a is null or b is null then null else cast(list_concat(snowflake_elements(a), snowflake_elements(b)) as variant) end`,
    'snowflake_array_compact(x) as cast(list_filter(snowflake_elements(x), lambda e: e is not null) as variant)',
    `snowflake_array_to_string(x, separator) as array_to_string(
      list_transform(snowflake_elements(x), lambda e: coalesce(snowflake_variant_text(e), '')), separator)`,
    // From 0; the end is not part of the slice; negative positions count from the end.
    `snowflake_from_end(n, size) as case when n < 0 then greatest(n + size, 0) else cast(n as bigint) end`,
    `snowflake_array_slice(x, low, high) as cast(list_transform([snowflake_elements(x)], lambda e:
      e[snowflake_from_end(low, len(e)) + 1 : snowflake_from_end(high, len(e))])[1] as variant)`,
    'snowflake_array_reverse(x) as cast(list_reverse(snowflake_elements(x)) as variant)',
    // In the order of first appearance; Snowflake promises none.
    `snowflake_first_of_each(texts) as list_transform([texts],
      lambda all_texts: list_filter(all_texts, lambda t, i: list_position(all_texts, t) = i))[1]`,
    `snowflake_array_distinct(x) as snowflake_array_of_json(snowflake_first_of_each(snowflake_json_texts(x)))`,
    `snowflake_arrays_overlap(a, b) as list_has_any(snowflake_json_texts(a), snowflake_json_texts(b))`,
    `snowflake_array_remove_at(x, n) as snowflake_array_of_json(list_transform([snowflake_json_texts(x)],
      lambda texts: list_filter(texts, lambda t, i: i <> case when n < 0 then n + len(texts) else n end + 1))[1])`,
    `snowflake_array_remove(x, y) as snowflake_array_of_json(list_filter(snowflake_json_texts(x), lambda t: t <> snowflake_json(y)))`,
    `snowflake_array_insert(x, n, y) as list_transform([snowflake_elements(x)], lambda e: case
      when n < 0 or n > len(e)
        then cast(snowflake_failure('ARRAY_INSERT outside of the array is not available on DuckDB', '') as variant)
      else cast(list_concat(list_append(e[1:n], snowflake_value(y)), e[n + 1:]) as variant) end)[1]`,
    `snowflake_array_range(low, high, step) as cast(range(cast(low as bigint), cast(high as bigint), cast(step as bigint)) as variant)`,
    `snowflake_array_flatten(x) as cast(flatten(list_transform(snowflake_elements(x), lambda e: snowflake_elements(e))) as variant)`,
  ];
}

function objects(): string[] {
  return [
    `snowflake_entries(x) as list_transform([cast(x as variant)],
      lambda v: case when snowflake_is_object(v) then try_cast(v as map(varchar, variant)) end)[1]`,
    // Pairs whose key or value is NULL are left out.
    `snowflake_object(keys, texts) as cast(cast('{' || array_to_string(list_filter(
      list_transform(list_zip(keys, texts), lambda p: cast(to_json(p[1]) as varchar) || ':' || p[2]), lambda t: t is not null), ',') || '}' as json) as variant)`,
    'snowflake_object_keys(x) as cast(map_keys(snowflake_entries(x)) as variant)',
    `snowflake_entry_texts(m) as list_transform(map_values(m), lambda v: coalesce(snowflake_to_json(v), 'null'))`,
    `snowflake_object_of_entries(entries) as list_transform([entries],
      lambda m: snowflake_object(map_keys(m), snowflake_entry_texts(m)))[1]`,
    `snowflake_object_pick(x, keys) as snowflake_object_of_entries(map_from_entries(list_filter(
      map_entries(snowflake_entries(x)), lambda e: list_contains(keys, e.key))))`,
    `snowflake_object_delete(x, keys) as snowflake_object_of_entries(map_from_entries(list_filter(
      map_entries(snowflake_entries(x)), lambda e: not list_contains(keys, e.key))))`,
    `snowflake_object_insert(x, k, v, replace_it) as list_transform([snowflake_entries(x)], lambda m: case
      when map_contains(m, k) and not replace_it
        then cast(snowflake_failure('OBJECT_INSERT: duplicate key ' || k, '') as variant)
      else snowflake_object(
        list_append(list_filter(map_keys(m), lambda o: o <> k), k),
        list_append(
          snowflake_entry_texts(map_from_entries(list_filter(map_entries(m), lambda e: e.key <> k))),
          snowflake_json(v))) end)[1]`,
    // Whether there is such a key or position, for JSON's null is not NULL.
    'snowflake_has_key(x, k) as coalesce(map_contains(snowflake_entries(x), k), false)',
    'snowflake_has_index(x, n) as coalesce(n >= 0 and n < len(snowflake_elements(x)), false)',
    `snowflake_has(x, k) as case
      when typeof(k) = 'VARCHAR' then snowflake_has_key(x, cast(k as varchar))
      else snowflake_has_index(x, cast(try_cast(k as double) as bigint)) end`,
    `snowflake_get(x, k) as case
      when typeof(k) = 'VARCHAR' then snowflake_entries(x)[cast(k as varchar)]
      when cast(try_cast(k as double) as bigint) < 0 then null
      else snowflake_elements(x)[cast(try_cast(k as double) as bigint) + 1] end`,
  ];
}
