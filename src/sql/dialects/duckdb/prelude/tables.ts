/** Table functions. FLATTEN's columns but SEQ, which a macro cannot number. */
export const tables: readonly string[] = [
  `snowflake_flatten_arrays(x, prefix) as table
    select null::varchar as key, prefix || '[' || (i - 1) || ']' as path, i - 1 as index, coalesce(list[i], snowflake_json_null()) as value, this
    from (select this, list, unnest(generate_series(1, len(list))) as i
      from (select cast(x as variant) as this, snowflake_elements(x) as list) as arrays) as elements`,
  `snowflake_flatten_objects(x, prefix) as table
    select entry.key as key,
      case when regexp_full_match(entry.key, '[A-Za-z_][A-Za-z0-9_]*')
        then case when prefix = '' then entry.key else prefix || '.' || entry.key end
        else prefix || '[''' || entry.key || ''']' end as path,
      null::bigint as index, coalesce(entry.value, snowflake_json_null()) as value, this
    from (select this, unnest(map_entries(entries)) as entry
      from (select cast(x as variant) as this, snowflake_entries(x) as entries) as objects) as members`,
  `snowflake_flatten(x, prefix) as table
    from snowflake_flatten_arrays(x, prefix) union all from snowflake_flatten_objects(x, prefix)`,
  `snowflake_flatten_outer(x, prefix) as table
    from snowflake_flatten_arrays(x, prefix) union all from snowflake_flatten_objects(x, prefix)
    union all select null, prefix, null, null, cast(x as variant)
    where coalesce(len(snowflake_elements(x)), cardinality(snowflake_entries(x)), 0) = 0`,
  `snowflake_split_to_table(x, delimiter) as table
    select i as index, list[i] as value
    from (select list, unnest(generate_series(1, len(list))) as i from (select snowflake_split(x, delimiter) as list) as lists) as pieces`,
];
