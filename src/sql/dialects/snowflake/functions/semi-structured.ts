import type { FunctionFamily } from '../../../types/index.ts';

/** Variants, arrays, objects, maps, JSON and XML. */
export const semiStructured: readonly FunctionFamily[] = [
  {
    kind: 'scalar',
    nulls: 'any',
    lines: `
array_append (any, any) =array
array_cat (any, any) =array
array_compact (any) =array
array_distinct (any) =array
array_except, array_intersection (any, any) =array
array_flatten (any) ?
array_generate_range (integer, integer, integer?) array
array_insert (any, integer, any) =array
array_prepend (any, any) =array
array_remove (any, any) =array ; maybe
array_remove_at (any, integer) =array
array_repeat (any, integer) ?
array_reverse (any) =array
array_size (any) number ; maybe
array_slice (any, integer, integer) =array
array_sort (any, boolean?, boolean?) =array
array_to_string (any, text) varchar
arrays_overlap (any, any) boolean
arrays_to_object (any, any) object
arrays_zip (any+) array
map_cat (any, any) same
map_entries (any) ?
map_contains_key (any, any) boolean
map_delete (any, any+) same
map_insert (any, any, any, boolean?) same
map_keys (any) =mapkeys
map_pick (any, any+) same
map_size (any) number
object_delete (any, any+) =object
object_keys (any) array
strip_null_value (any) variant ; maybe
to_array (any) array
to_json (any) varchar
to_object (any) object
to_variant (any) variant
to_xml (any) varchar
typeof, system$typeof (any) varchar
`,
  },
  {
    kind: 'scalar',
    nulls: 'never',
    lines: `
array_construct, array_construct_compact (any*) array
array_construct_structured (any+) ?
object_construct, object_construct_keep_null (any*) object
object_construct_structured, object_construct_keep_null_structured, map_construct (any*) ?
`,
  },
  {
    kind: 'scalar',
    nulls: 'maybe',
    lines: `
array_contains (any, any) boolean
array_position (any, any) number
array_max, array_min (any) =element
as_array (any) array
as_binary (any) binary
as_boolean (any) boolean
as_char, as_varchar (any) varchar
as_date (any) date
as_decimal, as_number (any, integer?, integer?) =as_number
as_double, as_real (any) float
as_integer (any) number
as_object (any) object
as_time (any) time
as_timestamp_ltz (any) timestamp_ltz
as_timestamp_ntz (any) timestamp_ntz
as_timestamp_tz (any) timestamp_tz
check_json (any) varchar
check_xml (text, boolean?) varchar
filter (any, lambda) =array
get (any, any) =got
get_ignore_case (any, text) variant
get_path (any, text) variant
json_extract_path_text (any, text) varchar
is_array, is_binary, is_boolean, is_char, is_date, is_date_value, is_decimal, is_double, is_integer (any) boolean
is_object, is_real, is_time, is_timestamp_ltz, is_timestamp_ntz, is_timestamp_tz, is_varchar (any) boolean
object_insert (any, text, any, boolean?) =object
object_pick (any, any+) =object
parse_json (any, text?) variant
parse_xml (any, any?) variant
reduce (any, any, lambda) ?
transform (any, lambda) =transformed
try_parse_json (any, text?) variant
try_parse_xml (any, any?) variant
xmlget (any, text, integer?) object
`,
  },
];
