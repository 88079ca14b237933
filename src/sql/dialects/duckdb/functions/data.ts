// Written by scripts/sql/write-duckdb-functions.mjs; run it after an update of DuckDB.

/** The DuckDB that was asked. */
export const version = 'v1.5.5';

export const scalars = `
coalesce (any+) common ; all
ifnull (any, any) common ; all
if (any, any, any) common2
greatest, least (any+) common ; all
array_cat, array_concat, list_cat, list_concat (any+) common
list_value, list_pack (any*) =list ; never
array_value, unpivot_list (any*) ?
replace_type (any, any, any) ?
array_to_string_comma_default (any, any?) VARCHAR
concat (any+) =concat ; never
cast_to_type (any, any) same2
struct_extract (any, any) =field
struct_extract_at (any, any) ?
extract (part, any) =part
try (any) same
unnest (any, any*) =unnested
columns (any) ?
grouping, grouping_id (any+) BIGINT ; never
current_date, today () DATE ; stable never
current_timestamp, now, get_current_timestamp, transaction_timestamp () TIMESTAMP WITH TIME ZONE ; stable never
current_time, get_current_time () TIME WITH TIME ZONE ; stable never
localtimestamp, current_localtimestamp () TIMESTAMP ; stable never
localtime, current_localtime () TIME ; stable never
current_catalog, current_user, session_user, user, current_role () VARCHAR ; stable never
struct_pack, row (any*) =packed ; never
abs (UHUGEINT) UHUGEINT ; any / (TINYINT) TINYINT ; any / (SMALLINT) SMALLINT ; any / (INTEGER) INTEGER ; any / (BIGINT) BIGINT ; any / (HUGEINT) HUGEINT ; any / (FLOAT) FLOAT ; any / (DOUBLE) DOUBLE ; any / (DECIMAL) same ; any / (UTINYINT) UTINYINT ; any / (USMALLINT) USMALLINT ; any / (UINTEGER) UINTEGER ; any / (UBIGINT) UBIGINT ; any
acos, asin, atan, cos, degrees, exp, ln, log10, log2, radians, sin, sqrt, tan (DOUBLE) DOUBLE ; any
acosh, asinh, atanh, cbrt, cosh, cot, even, gamma, lgamma, sinh, tanh (DOUBLE) DOUBLE
add (BIGINT) BIGINT / (DOUBLE, DOUBLE) DOUBLE / (TINYINT, TINYINT) TINYINT / (SMALLINT) SMALLINT / (SMALLINT, SMALLINT) SMALLINT / (INTEGER) INTEGER / (INTEGER, INTEGER) INTEGER / (TIME WITH TIME ZONE, DATE) TIMESTAMP WITH TIME ZONE / (DATE, TIME WITH TIME ZONE) TIMESTAMP WITH TIME ZONE / (any[]*) same / (BIGNUM, BIGNUM) BIGNUM / (TINYINT) TINYINT / (HUGEINT) HUGEINT / (HUGEINT, HUGEINT) HUGEINT / (UBIGINT, UBIGINT) UBIGINT / (UHUGEINT) UHUGEINT / (UHUGEINT, UHUGEINT) UHUGEINT / (DATE, INTEGER) DATE / (INTEGER, DATE) DATE / (INTERVAL, INTERVAL) INTERVAL / (DATE, INTERVAL) TIMESTAMP / (INTERVAL, DATE) TIMESTAMP / (TIME, INTERVAL) TIME / (INTERVAL, TIME) TIME / (TIMESTAMP, INTERVAL) TIMESTAMP / (INTERVAL, TIMESTAMP) TIMESTAMP / (TIME WITH TIME ZONE, INTERVAL) TIME WITH TIME ZONE / (INTERVAL, TIME WITH TIME ZONE) TIME WITH TIME ZONE / (TIME, DATE) TIMESTAMP / (DATE, TIME) TIMESTAMP / (FLOAT) FLOAT / (FLOAT, FLOAT) FLOAT / (DOUBLE) DOUBLE / (UINTEGER, UINTEGER) UINTEGER / (DECIMAL) same / (DECIMAL, DECIMAL) ? / (UTINYINT) UTINYINT / (UTINYINT, UTINYINT) UTINYINT / (USMALLINT) USMALLINT / (USMALLINT, USMALLINT) USMALLINT / (UINTEGER) UINTEGER / (UBIGINT) UBIGINT / (BIGINT, BIGINT) BIGINT
age (TIMESTAMP) INTERVAL / (TIMESTAMP, TIMESTAMP) INTERVAL / (TIMESTAMP WITH TIME ZONE) INTERVAL / (TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) INTERVAL
aggregate, array_aggr, array_aggregate, list_aggr, list_aggregate (any[], VARCHAR, any*) ?
ago (any) TIMESTAMP WITH TIME ZONE
alias, enum_first, enum_last, pg_get_viewdef, pg_typeof, typeof, vector_type (any) VARCHAR
apply, array_apply, array_transform, list_apply, list_transform (any[], LAMBDA) =transformed
array_append, array_prepend, array_push_back, array_push_front, array_to_string, combine, date_add, fdiv, fmod, format_pg_type, generate_subscripts, list_append, list_prepend, map_contains_value, regexp_split_to_table, round_even, roundbankers (any, any) ?
array_contains, array_has, list_contains, list_has (T[], T) BOOLEAN
array_cosine_distance, array_cosine_similarity, array_dot_product (any, any) FLOAT / (any, any) DOUBLE
array_cross_product (FLOAT[3], FLOAT[3]) FLOAT[3] / (DOUBLE[3], DOUBLE[3]) DOUBLE[3]
array_distance, array_inner_product, array_negative_dot_product, array_negative_inner_product (any, any) DOUBLE / (any, any) FLOAT
array_distinct, list_distinct (T[]) T[]
array_extract (T[], BIGINT) T / (VARCHAR, BIGINT) VARCHAR / (any, VARCHAR) ? / (any, BIGINT) ?
array_filter, filter, list_filter (any[], LAMBDA) same
array_grade_up (any[], VARCHAR, VARCHAR) ? / (any[]) BIGINT[] / (any[], VARCHAR) ?
array_has_all, array_has_any, list_has_all, list_has_any (T[], T[]) BOOLEAN
array_indexof, array_position, list_indexof, list_position (T[], T) INTEGER
array_intersect, list_intersect (T[], T[]) T[]
array_length (any[]) BIGINT / (any[], BIGINT) BIGINT
array_pop_back, array_pop_front, array_reverse, days_in_month, enum_code, finalize, list_any_value, list_approx_count_distinct, list_avg, list_bit_and, list_bit_or, list_bit_xor, list_bool_and, list_bool_or, list_count, list_entropy, list_first, list_histogram, list_kurtosis, list_kurtosis_pop, list_last, list_mad, list_max, list_median, list_min, list_mode, list_product, list_reverse, list_sem, list_skewness, list_stddev_pop, list_stddev_samp, list_string_agg, list_sum, list_var_pop, list_var_samp, md5_number_lower, md5_number_upper, pg_size_pretty, struct_values, union_tag (any) ?
array_reduce (any[], LAMBDA, any) ? / (any[], LAMBDA) ?
array_resize (any[], any, any) same / (any[], any) same
array_reverse_sort, list_reverse_sort (any[]) same / (any[], VARCHAR) ?
array_select, list_select (T[], BIGINT[]) T[]
array_slice (any, any, any) =sliced / (any, any, any, BIGINT) =sliced
array_sort (any[]) same / (any[], VARCHAR) ? / (any[], VARCHAR, VARCHAR) ?
array_to_json, array_zip, list_zip, map_concat, struct_concat, struct_insert, struct_update, union_value (any*) ?
array_unique, list_unique (any[]) UBIGINT
array_where, list_where (T[], BOOLEAN[]) T[]
ascii, unicode (VARCHAR) INTEGER ; any
atan2, pow, power (DOUBLE, DOUBLE) DOUBLE ; any
bar (DOUBLE, DOUBLE, DOUBLE, DOUBLE) VARCHAR / (DOUBLE, DOUBLE, DOUBLE) VARCHAR
base64, to_base64 (BLOB) VARCHAR
bin (VARCHAR) VARCHAR / (BIGNUM) VARCHAR / (UBIGINT) VARCHAR / (BIGINT) VARCHAR / (HUGEINT) VARCHAR / (UHUGEINT) VARCHAR
bit_count (TINYINT) TINYINT / (SMALLINT) TINYINT / (INTEGER) TINYINT / (BIGINT) TINYINT / (HUGEINT) TINYINT / (BIT) BIGINT
bit_length (VARCHAR) BIGINT / (BIT) BIGINT
bit_position (BIT, BIT) INTEGER
bitstring (VARCHAR, INTEGER) BIT / (BIT, INTEGER) BIT
can_cast_implicitly, struct_contains, struct_has (any, any) BOOLEAN
cardinality (any, any*) UBIGINT
ceil, ceiling, floor (FLOAT) FLOAT ; any / (DOUBLE) DOUBLE ; any / (DECIMAL) =decimal0 ; any
century, isoyear, weekday, weekofyear, yearweek (DATE) BIGINT / (INTERVAL) BIGINT / (TIMESTAMP) BIGINT / (TIMESTAMP WITH TIME ZONE) BIGINT
char_length, length (BIT) BIGINT ; any / (any[]) BIGINT ; any / (VARCHAR) BIGINT ; any
character_length (BIT) BIGINT ; any / (VARCHAR) BIGINT ; any / (any[]) BIGINT ; any
chr (INTEGER) VARCHAR ; any
col_description, obj_description, shobj_description, struct_indexof, struct_position (any, any) INTEGER
concat_ws (VARCHAR, any, any*) VARCHAR ; never
constant_or_null (any, any, any*) ?
contains (VARCHAR, VARCHAR) BOOLEAN ; any / (T[], T) BOOLEAN ; any / (MAP(K, V), K) BOOLEAN ; any / (any, any) ? ; any
create_sort_key (any, any*) BLOB
current_connection_id, current_query_id, current_transaction_id () UBIGINT ; volatile
current_database, current_schema () VARCHAR / () VARCHAR ; stable
current_query () VARCHAR / () VARCHAR ; volatile
current_schemas (any) ? / (BOOLEAN) VARCHAR[] ; stable
current_setting, getvariable (VARCHAR) ?
currval, nextval (VARCHAR) BIGINT ; volatile
damerau_levenshtein, editdist3, hamming, levenshtein, mismatches (VARCHAR, VARCHAR) BIGINT
date_diff (VARCHAR, DATE, DATE) BIGINT ; any / (VARCHAR, TIME, TIME) BIGINT ; any / (VARCHAR, TIMESTAMP, TIMESTAMP) BIGINT ; any / (VARCHAR, TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) BIGINT ; any
date_part (VARCHAR[], TIME WITH TIME ZONE) ? ; any / (VARCHAR, TIMESTAMP WITH TIME ZONE) =part ; any / (VARCHAR, INTERVAL) =part ; any / (VARCHAR, DATE) =part ; any / (VARCHAR[], TIME_NS) ? ; any / (VARCHAR[], TIMESTAMP) ? ; any / (VARCHAR[], TIME) ? ; any / (VARCHAR[], INTERVAL) ? ; any / (VARCHAR[], DATE) ? ; any / (VARCHAR, TIME) =part ; any / (VARCHAR, TIMESTAMP) =part ; any / (VARCHAR, TIME WITH TIME ZONE) =part ; any / (VARCHAR, TIME_NS) =part ; any / (VARCHAR[], TIMESTAMP WITH TIME ZONE) ? ; any
date_sub (VARCHAR, TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) BIGINT ; any / (VARCHAR, TIMESTAMP, TIMESTAMP) BIGINT ; any / (VARCHAR, TIME, TIME) BIGINT ; any / (VARCHAR, DATE, DATE) BIGINT ; any
date_trunc (VARCHAR, TIMESTAMP WITH TIME ZONE) TIMESTAMP WITH TIME ZONE ; any / (VARCHAR, TIMESTAMP) TIMESTAMP ; any / (VARCHAR, INTERVAL) INTERVAL ; any / (VARCHAR, DATE) TIMESTAMP ; any
datediff (VARCHAR, TIME, TIME) BIGINT ; any / (VARCHAR, TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) BIGINT ; any / (VARCHAR, TIMESTAMP, TIMESTAMP) BIGINT ; any / (VARCHAR, DATE, DATE) BIGINT ; any
datepart (VARCHAR, DATE) =part ; any / (VARCHAR, INTERVAL) =part ; any / (VARCHAR, TIME) =part ; any / (VARCHAR, TIMESTAMP) =part ; any / (VARCHAR, TIME WITH TIME ZONE) =part ; any / (VARCHAR, TIME_NS) =part ; any / (VARCHAR[], TIMESTAMP WITH TIME ZONE) ? ; any / (VARCHAR, TIMESTAMP WITH TIME ZONE) =part ; any / (VARCHAR[], TIME WITH TIME ZONE) ? ; any / (VARCHAR[], TIME) ? ; any / (VARCHAR[], DATE) ? ; any / (VARCHAR[], INTERVAL) ? ; any / (VARCHAR[], TIMESTAMP) ? ; any / (VARCHAR[], TIME_NS) ? ; any
datesub (VARCHAR, TIMESTAMP, TIMESTAMP) BIGINT ; any / (VARCHAR, TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) BIGINT ; any / (VARCHAR, DATE, DATE) BIGINT ; any / (VARCHAR, TIME, TIME) BIGINT ; any
datetrunc (VARCHAR, TIMESTAMP WITH TIME ZONE) TIMESTAMP WITH TIME ZONE ; any / (VARCHAR, DATE) TIMESTAMP ; any / (VARCHAR, INTERVAL) INTERVAL ; any / (VARCHAR, TIMESTAMP) TIMESTAMP ; any
day, dayofyear, isodow, quarter, week, year (DATE) BIGINT ; any / (INTERVAL) BIGINT ; any / (TIMESTAMP) BIGINT ; any / (TIMESTAMP WITH TIME ZONE) BIGINT ; any
dayname, monthname (TIMESTAMP WITH TIME ZONE) VARCHAR ; any / (TIMESTAMP) VARCHAR ; any / (DATE) VARCHAR ; any
dayofmonth, era, millennium (TIMESTAMP WITH TIME ZONE) BIGINT / (TIMESTAMP) BIGINT / (INTERVAL) BIGINT / (DATE) BIGINT
dayofweek (TIMESTAMP WITH TIME ZONE) BIGINT ; any / (DATE) BIGINT ; any / (INTERVAL) BIGINT ; any / (TIMESTAMP) BIGINT ; any
decade (DATE) BIGINT / (INTERVAL) BIGINT / (TIMESTAMP WITH TIME ZONE) BIGINT / (TIMESTAMP) BIGINT
decode (BLOB, VARCHAR) VARCHAR / (BLOB) VARCHAR
divide (USMALLINT, USMALLINT) USMALLINT / (UTINYINT, UTINYINT) UTINYINT / (DOUBLE, DOUBLE) DOUBLE / (FLOAT, FLOAT) FLOAT / (UHUGEINT, UHUGEINT) UHUGEINT / (HUGEINT, HUGEINT) HUGEINT / (BIGINT, BIGINT) BIGINT / (INTEGER, INTEGER) INTEGER / (SMALLINT, SMALLINT) SMALLINT / (TINYINT, TINYINT) TINYINT / (UINTEGER, UINTEGER) UINTEGER / (UBIGINT, UBIGINT) UBIGINT
element_at, map_extract (MAP(K, V), K) V[]
encode, from_base64, from_binary, from_hex, unbin, unhex (VARCHAR) BLOB
ends_with, prefix, starts_with, suffix (VARCHAR, VARCHAR) BOOLEAN ; any
enum_range, struct_keys (any) VARCHAR[]
enum_range_boundary (any, any) VARCHAR[]
epoch (DATE) DOUBLE ; any / (INTERVAL) DOUBLE ; any / (TIME) DOUBLE ; any / (TIMESTAMP WITH TIME ZONE) DOUBLE ; any / (TIME_NS) DOUBLE ; any / (TIME WITH TIME ZONE) DOUBLE ; any / (TIMESTAMP) DOUBLE ; any
epoch_ms (TIME) BIGINT ; any / (TIME_NS) BIGINT ; any / (TIME WITH TIME ZONE) BIGINT ; any / (INTERVAL) BIGINT ; any / (TIMESTAMP) BIGINT ; any / (DATE) BIGINT ; any / (TIMESTAMP WITH TIME ZONE) BIGINT ; any / (BIGINT) TIMESTAMP ; any
epoch_ns (TIME) BIGINT / (TIME_NS) BIGINT / (TIME WITH TIME ZONE) BIGINT / (TIMESTAMP WITH TIME ZONE) BIGINT / (TIMESTAMP_NS) BIGINT / (DATE) BIGINT / (INTERVAL) BIGINT / (TIMESTAMP) BIGINT
epoch_us (TIME WITH TIME ZONE) BIGINT ; any / (DATE) BIGINT ; any / (TIMESTAMP) BIGINT ; any / (TIMESTAMP WITH TIME ZONE) BIGINT ; any / (INTERVAL) BIGINT ; any / (TIME) BIGINT ; any / (TIME_NS) BIGINT ; any
equi_width_bins (BIGINT, BIGINT, BIGINT, BOOLEAN) BIGINT[] / (TIMESTAMP, TIMESTAMP, BIGINT, BOOLEAN) TIMESTAMP[] / (any, any, BIGINT, BOOLEAN) ? / (DOUBLE, DOUBLE, BIGINT, BOOLEAN) DOUBLE[]
error (VARCHAR) ? ; volatile
factorial (INTEGER) HUGEINT
flatten (T[][]) T[]
format, printf (VARCHAR, any*) VARCHAR
format_bytes (BIGINT) VARCHAR
format_type (any, any) VARCHAR
from_json, from_json_strict, json_transform, json_transform_strict (VARCHAR, VARCHAR) ? / (JSON, VARCHAR) ?
gcd, greatest_common_divisor, lcm, least_common_multiple (BIGINT, BIGINT) BIGINT / (HUGEINT, HUGEINT) HUGEINT
gen_random_uuid, uuid () UUID ; never volatile
generate_series, range (BIGINT) BIGINT[] / (BIGINT, BIGINT) BIGINT[] / (BIGINT, BIGINT, BIGINT) BIGINT[] / (TIMESTAMP, TIMESTAMP, INTERVAL) TIMESTAMP[] / (TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE, INTERVAL) TIMESTAMP WITH TIME ZONE[]
get_bit (BIT, INTEGER) INTEGER
get_block_size (any) BIGINT
get_type (any) TYPE
grade_up (any[], VARCHAR) ? / (any[], VARCHAR, VARCHAR) ? / (any[]) BIGINT[]
has_any_column_privilege, has_database_privilege, has_foreign_data_wrapper_privilege, has_function_privilege, has_language_privilege, has_schema_privilege, has_sequence_privilege, has_server_privilege, has_table_privilege, has_tablespace_privilege, pg_has_role (any, any) BOOLEAN / (any, any, any) BOOLEAN
has_column_privilege (any, any, any) BOOLEAN / (any, any, any, any) BOOLEAN
hash (any, any*) UBIGINT ; never
hex (UBIGINT) VARCHAR / (UHUGEINT) VARCHAR / (VARCHAR) VARCHAR / (BIGNUM) VARCHAR / (BLOB) VARCHAR / (HUGEINT) VARCHAR / (BIGINT) VARCHAR
hour (TIMESTAMP WITH TIME ZONE) BIGINT ; any / (TIMESTAMP) BIGINT ; any / (TIME WITH TIME ZONE) BIGINT ; any / (TIME_NS) BIGINT ; any / (DATE) BIGINT ; any / (INTERVAL) BIGINT ; any / (TIME) BIGINT ; any
icu_sort_key (VARCHAR, VARCHAR) VARCHAR
ilike_escape, like_escape, not_ilike_escape, not_like_escape (VARCHAR, VARCHAR, VARCHAR) BOOLEAN
in_search_path (VARCHAR, VARCHAR) BOOLEAN ; stable
inet_client_addr, inet_client_port, inet_server_addr, inet_server_port, pg_my_temp_schema () INTEGER
instr, position, strpos (VARCHAR, VARCHAR) BIGINT ; any
is_histogram_other_bin, pg_collation_is_visible, pg_conversion_is_visible, pg_function_is_visible, pg_is_other_temp_schema, pg_opclass_is_visible, pg_operator_is_visible, pg_opfamily_is_visible, pg_table_is_visible, pg_ts_config_is_visible, pg_ts_dict_is_visible, pg_ts_parser_is_visible, pg_ts_template_is_visible, pg_type_is_visible (any) BOOLEAN
isfinite (FLOAT) BOOLEAN / (DOUBLE) BOOLEAN / (DATE) BOOLEAN / (TIMESTAMP) BOOLEAN / (TIMESTAMP WITH TIME ZONE) BOOLEAN
isinf (TIMESTAMP WITH TIME ZONE) BOOLEAN / (DOUBLE) BOOLEAN / (DATE) BOOLEAN / (TIMESTAMP) BOOLEAN / (FLOAT) BOOLEAN
isnan (FLOAT) BOOLEAN / (DOUBLE) BOOLEAN
jaccard (VARCHAR, VARCHAR) DOUBLE
jaro_similarity (VARCHAR, VARCHAR, DOUBLE) DOUBLE / (VARCHAR, VARCHAR) DOUBLE
jaro_winkler_similarity (VARCHAR, VARCHAR) DOUBLE / (VARCHAR, VARCHAR, DOUBLE) DOUBLE
json (any) JSON
json_array, json_object, json_quote, row_to_json, to_json (any*) JSON
json_array_length (VARCHAR, VARCHAR[]) UBIGINT[] / (VARCHAR, VARCHAR) UBIGINT / (JSON, VARCHAR[]) UBIGINT[] / (JSON, VARCHAR) UBIGINT / (JSON) UBIGINT / (VARCHAR) UBIGINT
json_contains (VARCHAR, VARCHAR) BOOLEAN / (VARCHAR, JSON) BOOLEAN / (JSON, JSON) BOOLEAN / (JSON, VARCHAR) BOOLEAN
json_deserialize_sql, json_pretty (JSON) VARCHAR
json_exists (VARCHAR, VARCHAR) BOOLEAN / (VARCHAR, VARCHAR[]) BOOLEAN[] / (JSON, VARCHAR) BOOLEAN / (JSON, VARCHAR[]) BOOLEAN[]
json_extract (VARCHAR, BIGINT) JSON / (VARCHAR, VARCHAR) JSON / (VARCHAR, VARCHAR[]) JSON[] / (JSON, BIGINT) JSON / (JSON, VARCHAR) JSON / (JSON, VARCHAR[]) JSON[]
json_extract_path (VARCHAR, VARCHAR) JSON / (JSON, VARCHAR[]) JSON[] / (JSON, VARCHAR) JSON / (JSON, BIGINT) JSON / (VARCHAR, VARCHAR[]) JSON[] / (VARCHAR, BIGINT) JSON
json_extract_path_text (VARCHAR, VARCHAR) VARCHAR / (JSON, VARCHAR) VARCHAR / (VARCHAR, VARCHAR[]) VARCHAR[] / (JSON, BIGINT) VARCHAR / (JSON, VARCHAR[]) VARCHAR[] / (VARCHAR, BIGINT) VARCHAR
json_extract_string (JSON, VARCHAR) VARCHAR / (JSON, VARCHAR[]) VARCHAR[] / (VARCHAR, VARCHAR) VARCHAR / (VARCHAR, BIGINT) VARCHAR / (VARCHAR, VARCHAR[]) VARCHAR[] / (JSON, BIGINT) VARCHAR
json_keys (VARCHAR, VARCHAR[]) VARCHAR[][] / (VARCHAR) VARCHAR[] / (VARCHAR, VARCHAR) VARCHAR[] / (JSON) VARCHAR[] / (JSON, VARCHAR) VARCHAR[] / (JSON, VARCHAR[]) VARCHAR[][]
json_merge_patch (JSON, JSON, JSON*) JSON
json_serialize_plan (VARCHAR) JSON / (VARCHAR, BOOLEAN) JSON / (VARCHAR, BOOLEAN, BOOLEAN) JSON / (VARCHAR, BOOLEAN, BOOLEAN, BOOLEAN) JSON / (VARCHAR, BOOLEAN, BOOLEAN, BOOLEAN, BOOLEAN) JSON
json_serialize_sql (VARCHAR, BOOLEAN, BOOLEAN, BOOLEAN, BOOLEAN) JSON / (VARCHAR) JSON / (VARCHAR, BOOLEAN) JSON / (VARCHAR, BOOLEAN, BOOLEAN) JSON / (VARCHAR, BOOLEAN, BOOLEAN, BOOLEAN) JSON
json_structure (JSON) JSON / (VARCHAR) JSON
json_type (VARCHAR, VARCHAR) VARCHAR / (JSON, VARCHAR[]) VARCHAR[] / (JSON, VARCHAR) VARCHAR / (JSON) VARCHAR / (VARCHAR, VARCHAR[]) VARCHAR[] / (VARCHAR) VARCHAR
json_valid (JSON) BOOLEAN / (VARCHAR) BOOLEAN
json_value (JSON, VARCHAR[]) VARCHAR[] / (JSON, VARCHAR) VARCHAR / (JSON, BIGINT) VARCHAR / (VARCHAR, VARCHAR[]) VARCHAR[] / (VARCHAR, VARCHAR) VARCHAR / (VARCHAR, BIGINT) VARCHAR
julian (TIMESTAMP) DOUBLE / (DATE) DOUBLE / (TIMESTAMP WITH TIME ZONE) DOUBLE
last_day (DATE) DATE ; any / (TIMESTAMP) DATE ; any / (TIMESTAMP WITH TIME ZONE) DATE ; any
lcase, lower, reverse, ucase, upper (VARCHAR) VARCHAR ; any
left, right (VARCHAR, BIGINT) VARCHAR ; any
left_grapheme, right_grapheme (VARCHAR, BIGINT) VARCHAR
len (VARCHAR) BIGINT ; any / (BIT) BIGINT ; any / (any[]) BIGINT ; any
length_grapheme (VARCHAR) BIGINT
list_cosine_distance, list_cosine_similarity, list_dot_product, list_inner_product, list_negative_dot_product, list_negative_inner_product (FLOAT[], FLOAT[]) FLOAT / (DOUBLE[], DOUBLE[]) DOUBLE
list_distance (DOUBLE[], DOUBLE[]) DOUBLE / (FLOAT[], FLOAT[]) FLOAT
list_element (VARCHAR, BIGINT) VARCHAR / (T[], BIGINT) T
list_extract (T[], BIGINT) T / (VARCHAR, BIGINT) VARCHAR
list_grade_up (any[], VARCHAR, VARCHAR) ? / (any[], VARCHAR) ? / (any[]) BIGINT[]
list_reduce, reduce (any[], LAMBDA) ? / (any[], LAMBDA, any) ?
list_resize (any[], any) same / (any[], any, any) same
list_slice (any, any, any, BIGINT) =sliced / (any, any, any) =sliced
list_sort (any[], VARCHAR, VARCHAR) ? / (any[], VARCHAR) ? / (any[]) same
log (DOUBLE) DOUBLE / (DOUBLE, DOUBLE) DOUBLE
lpad, rpad (VARCHAR, INTEGER, VARCHAR) VARCHAR ; any
ltrim, trim (VARCHAR, VARCHAR) VARCHAR ; any / (VARCHAR) VARCHAR ; any
make_date (any) ? ; any / (BIGINT, BIGINT, BIGINT) DATE ; any / (INTEGER) DATE ; any
make_time (BIGINT, BIGINT, DOUBLE) TIME
make_timestamp (BIGINT) TIMESTAMP / (BIGINT, BIGINT, BIGINT, BIGINT, BIGINT, DOUBLE) TIMESTAMP
make_timestamp_ms (BIGINT) TIMESTAMP
make_timestamp_ns (BIGINT) TIMESTAMP_NS
make_timestamptz (BIGINT) TIMESTAMP WITH TIME ZONE / (BIGINT, BIGINT, BIGINT, BIGINT, BIGINT, DOUBLE, VARCHAR) TIMESTAMP WITH TIME ZONE / (BIGINT, BIGINT, BIGINT, BIGINT, BIGINT, DOUBLE) TIMESTAMP WITH TIME ZONE
make_type (VARCHAR, any*) ?
map (K[], V[]) MAP(K, V) / () ?
map_contains (MAP(K, V), K) BOOLEAN
map_contains_entry, split_part (any, any, any) ?
map_entries (MAP(K, V)) ?
map_extract_value (MAP(K, V), K) V
map_from_entries (any) MAP(K, V)
map_keys (MAP(K, V)) K[]
map_to_pg_oid, pg_sleep (any) INTEGER
map_values (MAP(K, V)) V[]
md5, sha256 (BLOB) VARCHAR ; any / (VARCHAR) VARCHAR ; any
md5_number (BLOB) UHUGEINT / (VARCHAR) UHUGEINT
microsecond (TIMESTAMP WITH TIME ZONE) BIGINT / (TIME_NS) BIGINT / (TIME WITH TIME ZONE) BIGINT / (TIMESTAMP) BIGINT / (TIME) BIGINT / (INTERVAL) BIGINT / (DATE) BIGINT
millisecond (TIME WITH TIME ZONE) BIGINT / (TIMESTAMP) BIGINT / (TIME) BIGINT / (INTERVAL) BIGINT / (DATE) BIGINT / (TIMESTAMP WITH TIME ZONE) BIGINT / (TIME_NS) BIGINT
minute (INTERVAL) BIGINT ; any / (DATE) BIGINT ; any / (TIME) BIGINT ; any / (TIMESTAMP) BIGINT ; any / (TIME WITH TIME ZONE) BIGINT ; any / (TIME_NS) BIGINT ; any / (TIMESTAMP WITH TIME ZONE) BIGINT ; any
mod (TINYINT, TINYINT) TINYINT / (UINTEGER, UINTEGER) UINTEGER / (SMALLINT, SMALLINT) SMALLINT / (INTEGER, INTEGER) INTEGER / (BIGINT, BIGINT) BIGINT / (HUGEINT, HUGEINT) HUGEINT / (FLOAT, FLOAT) FLOAT / (DOUBLE, DOUBLE) DOUBLE / (DECIMAL, DECIMAL) ? / (UTINYINT, UTINYINT) UTINYINT / (USMALLINT, USMALLINT) USMALLINT / (UHUGEINT, UHUGEINT) UHUGEINT / (UBIGINT, UBIGINT) UBIGINT
month (TIMESTAMP) BIGINT ; any / (INTERVAL) BIGINT ; any / (TIMESTAMP WITH TIME ZONE) BIGINT ; any / (DATE) BIGINT ; any
multiply (INTERVAL, BIGINT) INTERVAL / (BIGINT, INTERVAL) INTERVAL / (DOUBLE, INTERVAL) INTERVAL / (INTERVAL, DOUBLE) INTERVAL / (UHUGEINT, UHUGEINT) UHUGEINT / (UBIGINT, UBIGINT) UBIGINT / (UINTEGER, UINTEGER) UINTEGER / (USMALLINT, USMALLINT) USMALLINT / (UTINYINT, UTINYINT) UTINYINT / (DECIMAL, DECIMAL) ? / (FLOAT, FLOAT) FLOAT / (HUGEINT, HUGEINT) HUGEINT / (BIGINT, BIGINT) BIGINT / (INTEGER, INTEGER) INTEGER / (SMALLINT, SMALLINT) SMALLINT / (TINYINT, TINYINT) TINYINT / (DOUBLE, DOUBLE) DOUBLE
nanosecond (DATE) BIGINT / (TIMESTAMP) BIGINT / (INTERVAL) BIGINT / (TIME) BIGINT / (TIME_NS) BIGINT / (TIME WITH TIME ZONE) BIGINT / (TIMESTAMP_NS) BIGINT / (TIMESTAMP WITH TIME ZONE) BIGINT
nextafter (DOUBLE, DOUBLE) DOUBLE / (FLOAT, FLOAT) FLOAT
nfc_normalize, regexp_escape, strip_accents, url_decode, url_encode (VARCHAR) VARCHAR
normalized_interval (INTERVAL) INTERVAL
nullif, pg_get_expr (any, any) same
octet_length (BLOB) BIGINT / (BIT) BIGINT
ord (VARCHAR) INTEGER
parse_dirname, parse_dirpath (VARCHAR) VARCHAR / (VARCHAR, VARCHAR) VARCHAR
parse_duckdb_log_message (VARCHAR, VARCHAR) ?
parse_filename (VARCHAR) VARCHAR / (VARCHAR, VARCHAR) VARCHAR / (VARCHAR, BOOLEAN) VARCHAR / (VARCHAR, BOOLEAN, VARCHAR) VARCHAR
parse_formatted_bytes (VARCHAR) UBIGINT
parse_path (VARCHAR) VARCHAR[] / (VARCHAR, VARCHAR) VARCHAR[]
pg_conf_load_time, pg_postmaster_start_time () TIMESTAMP WITH TIME ZONE
pg_get_constraintdef (any, any) VARCHAR / (any) VARCHAR
pi () DOUBLE
random () DOUBLE ; never volatile
regexp_extract (VARCHAR, VARCHAR, INTEGER) VARCHAR / (VARCHAR, VARCHAR) VARCHAR / (VARCHAR, VARCHAR, INTEGER, VARCHAR) VARCHAR / (VARCHAR, VARCHAR, VARCHAR[]) VARCHAR / (VARCHAR, VARCHAR, VARCHAR[], VARCHAR) VARCHAR
regexp_extract_all (VARCHAR, VARCHAR) VARCHAR[] / (VARCHAR, VARCHAR, INTEGER) VARCHAR[] / (VARCHAR, VARCHAR, VARCHAR[]) VARCHAR[] / (VARCHAR, VARCHAR, VARCHAR[], VARCHAR) VARCHAR[] / (VARCHAR, VARCHAR, INTEGER, VARCHAR) VARCHAR[]
regexp_full_match (VARCHAR, VARCHAR) BOOLEAN ; any / (VARCHAR, VARCHAR, VARCHAR) BOOLEAN ; any
regexp_matches (VARCHAR, VARCHAR, VARCHAR) BOOLEAN ; any / (VARCHAR, VARCHAR) BOOLEAN ; any
regexp_replace (VARCHAR, VARCHAR, VARCHAR, VARCHAR) VARCHAR ; any / (VARCHAR, VARCHAR, VARCHAR) VARCHAR ; any
regexp_split_to_array (VARCHAR, VARCHAR) VARCHAR[] / (VARCHAR, VARCHAR, VARCHAR) VARCHAR[]
remap_struct (any, any, any, any) ?
repeat (BLOB, BIGINT) BLOB ; any / (VARCHAR, BIGINT) VARCHAR ; any / (T[], BIGINT) T[] ; any
replace, translate (VARCHAR, VARCHAR, VARCHAR) VARCHAR ; any
round (BIGINT, INTEGER) BIGINT ; any / (SMALLINT) SMALLINT ; any / (TINYINT, INTEGER) TINYINT ; any / (HUGEINT) HUGEINT ; any / (HUGEINT, INTEGER) HUGEINT ; any / (FLOAT) FLOAT ; any / (FLOAT, INTEGER) FLOAT ; any / (DOUBLE) DOUBLE ; any / (DOUBLE, INTEGER) DOUBLE ; any / (DECIMAL) =decimal0 ; any / (TINYINT) TINYINT ; any / (SMALLINT, INTEGER) SMALLINT ; any / (INTEGER) INTEGER ; any / (INTEGER, INTEGER) INTEGER ; any / (DECIMAL, INTEGER) =places ; any / (BIGINT) BIGINT ; any
rtrim (VARCHAR) VARCHAR ; any / (VARCHAR, VARCHAR) VARCHAR ; any
second (DATE) BIGINT ; any / (TIME_NS) BIGINT ; any / (TIME WITH TIME ZONE) BIGINT ; any / (TIMESTAMP) BIGINT ; any / (INTERVAL) BIGINT ; any / (TIME) BIGINT ; any / (TIMESTAMP WITH TIME ZONE) BIGINT ; any
set_bit (BIT, INTEGER, INTEGER) BIT
setseed (DOUBLE) ? ; volatile
sha1 (VARCHAR) VARCHAR ; any / (BLOB) VARCHAR ; any
sign (UHUGEINT) TINYINT ; any / (FLOAT) TINYINT ; any / (HUGEINT) TINYINT ; any / (BIGINT) TINYINT ; any / (INTEGER) TINYINT ; any / (SMALLINT) TINYINT ; any / (TINYINT) TINYINT ; any / (UBIGINT) TINYINT ; any / (DOUBLE) TINYINT ; any / (UTINYINT) TINYINT ; any / (USMALLINT) TINYINT ; any / (UINTEGER) TINYINT ; any
signbit (DOUBLE) BOOLEAN / (FLOAT) BOOLEAN
sleep_ms (BIGINT) ? ; volatile
split, str_split, string_split (VARCHAR, VARCHAR) VARCHAR[] ; any
st_asbinary, st_aswkb (GEOMETRY) BLOB
st_astext, st_aswkt, st_crs (GEOMETRY) VARCHAR
st_geomfromwkb (BLOB) GEOMETRY
st_intersects_extent (GEOMETRY, GEOMETRY) BOOLEAN
st_setcrs (GEOMETRY, VARCHAR) GEOMETRY
stats (any) VARCHAR ; volatile
str_split_regex, string_split_regex (VARCHAR, VARCHAR, VARCHAR) VARCHAR[] / (VARCHAR, VARCHAR) VARCHAR[]
strftime (TIMESTAMP, VARCHAR) VARCHAR ; any / (VARCHAR, TIMESTAMP_NS) VARCHAR ; any / (VARCHAR, TIMESTAMP) VARCHAR ; any / (VARCHAR, DATE) VARCHAR ; any / (TIMESTAMP_NS, VARCHAR) VARCHAR ; any / (DATE, VARCHAR) VARCHAR ; any / (VARCHAR, TIMESTAMP WITH TIME ZONE) VARCHAR ; any / (TIMESTAMP WITH TIME ZONE, VARCHAR) VARCHAR ; any
string_to_array (VARCHAR, VARCHAR) VARCHAR[]
strlen (VARCHAR) BIGINT ; any
strptime (VARCHAR, VARCHAR[]) =parsed / (VARCHAR, VARCHAR) =parsed
substr, substring (VARCHAR, BIGINT, BIGINT) VARCHAR ; any / (VARCHAR, BIGINT) VARCHAR ; any
substring_grapheme (VARCHAR, BIGINT, BIGINT) VARCHAR / (VARCHAR, BIGINT) VARCHAR
subtract (BIGNUM) BIGNUM / (UHUGEINT) UHUGEINT / (UINTEGER, UINTEGER) UINTEGER / (UINTEGER) UINTEGER / (USMALLINT, USMALLINT) USMALLINT / (USMALLINT) USMALLINT / (UTINYINT, UTINYINT) UTINYINT / (UTINYINT) UTINYINT / (DECIMAL, DECIMAL) ? / (DATE, INTEGER) DATE / (TIMESTAMP, TIMESTAMP) INTERVAL / (INTERVAL, INTERVAL) INTERVAL / (DATE, INTERVAL) TIMESTAMP / (SMALLINT) SMALLINT / (SMALLINT, SMALLINT) SMALLINT / (INTEGER) INTEGER / (INTEGER, INTEGER) INTEGER / (DECIMAL) same / (DOUBLE, DOUBLE) DOUBLE / (DOUBLE) DOUBLE / (FLOAT, FLOAT) FLOAT / (FLOAT) FLOAT / (HUGEINT, HUGEINT) HUGEINT / (HUGEINT) HUGEINT / (BIGINT, BIGINT) BIGINT / (BIGINT) BIGINT / (DATE, DATE) BIGINT / (UBIGINT, UBIGINT) UBIGINT / (TINYINT, TINYINT) TINYINT / (UHUGEINT, UHUGEINT) UHUGEINT / (BIGNUM, BIGNUM) BIGNUM / (TINYINT) TINYINT / (TIME, INTERVAL) TIME / (INTERVAL) INTERVAL / (TIME WITH TIME ZONE, INTERVAL) TIME WITH TIME ZONE / (TIMESTAMP, INTERVAL) TIMESTAMP / (UBIGINT) UBIGINT
switch (MAP(K, V)) V / (MAP(K, V), V) V / (K, MAP(K, V)) V / (K, MAP(K, V), V) V
time_bucket (INTERVAL, TIMESTAMP, TIMESTAMP) TIMESTAMP / (INTERVAL, DATE, DATE) DATE / (INTERVAL, DATE) DATE / (INTERVAL, TIMESTAMP WITH TIME ZONE) TIMESTAMP WITH TIME ZONE / (INTERVAL, TIMESTAMP WITH TIME ZONE, INTERVAL) TIMESTAMP WITH TIME ZONE / (INTERVAL, TIMESTAMP WITH TIME ZONE, VARCHAR) TIMESTAMP WITH TIME ZONE / (INTERVAL, DATE, INTERVAL) DATE / (INTERVAL, TIMESTAMP) TIMESTAMP / (INTERVAL, TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE) TIMESTAMP WITH TIME ZONE / (INTERVAL, TIMESTAMP, INTERVAL) TIMESTAMP
timetz_byte_comparable (TIME WITH TIME ZONE) UBIGINT
timezone (INTERVAL, TIME WITH TIME ZONE) TIME WITH TIME ZONE / (VARCHAR, TIME WITH TIME ZONE) TIME WITH TIME ZONE / (VARCHAR, TIMESTAMP WITH TIME ZONE) TIMESTAMP / (TIMESTAMP) BIGINT / (TIMESTAMP WITH TIME ZONE) BIGINT / (INTERVAL) BIGINT / (DATE) BIGINT / (VARCHAR, TIMESTAMP) TIMESTAMP WITH TIME ZONE
timezone_hour (INTERVAL) BIGINT / (DATE) BIGINT / (TIMESTAMP) BIGINT / (TIMESTAMP WITH TIME ZONE) BIGINT
timezone_minute (TIMESTAMP) BIGINT / (DATE) BIGINT / (INTERVAL) BIGINT / (TIMESTAMP WITH TIME ZONE) BIGINT
to_base (BIGINT, INTEGER) VARCHAR / (BIGINT, INTEGER, INTEGER) VARCHAR
to_binary (UBIGINT) VARCHAR / (BIGNUM) VARCHAR / (VARCHAR) VARCHAR / (UHUGEINT) VARCHAR / (BIGINT) VARCHAR / (HUGEINT) VARCHAR
to_centuries, to_decades, to_weeks, to_years (BIGINT) INTERVAL / (INTEGER) INTERVAL
to_days, to_millennia, to_months, to_quarters (INTEGER) INTERVAL / (BIGINT) INTERVAL
to_hex (VARCHAR) VARCHAR / (BIGNUM) VARCHAR / (BLOB) VARCHAR / (BIGINT) VARCHAR / (UBIGINT) VARCHAR / (HUGEINT) VARCHAR / (UHUGEINT) VARCHAR
to_hours, to_microseconds, to_minutes (BIGINT) INTERVAL
to_milliseconds, to_seconds (DOUBLE) INTERVAL
to_timestamp (DOUBLE) TIMESTAMP WITH TIME ZONE
trunc (UTINYINT) UTINYINT ; any / (UHUGEINT) UHUGEINT ; any / (DOUBLE) DOUBLE ; any / (FLOAT, INTEGER) FLOAT ; any / (FLOAT) FLOAT ; any / (HUGEINT, INTEGER) HUGEINT ; any / (HUGEINT) HUGEINT ; any / (BIGINT, INTEGER) BIGINT ; any / (DOUBLE, INTEGER) DOUBLE ; any / (INTEGER, INTEGER) INTEGER ; any / (INTEGER) INTEGER ; any / (SMALLINT, INTEGER) SMALLINT ; any / (SMALLINT) SMALLINT ; any / (TINYINT, INTEGER) TINYINT ; any / (TINYINT) TINYINT ; any / (DECIMAL) =decimal0 ; any / (UBIGINT) UBIGINT ; any / (DECIMAL, INTEGER) =places ; any / (UTINYINT, INTEGER) UTINYINT ; any / (USMALLINT) USMALLINT ; any / (USMALLINT, INTEGER) USMALLINT ; any / (UINTEGER) UINTEGER ; any / (UINTEGER, INTEGER) UINTEGER ; any / (UHUGEINT, INTEGER) UHUGEINT ; any / (UBIGINT, INTEGER) UBIGINT ; any / (BIGINT) BIGINT ; any
try_strptime (VARCHAR, VARCHAR) =parsed / (VARCHAR, VARCHAR[]) =parsed
txid_current () UBIGINT ; stable
union_extract (any, VARCHAR) ?
uuid_extract_timestamp (UUID) TIMESTAMP WITH TIME ZONE
uuid_extract_version (UUID) UINTEGER
uuidv4, uuidv7 () UUID ; volatile
variant_bytes_to_variant (BLOB) VARIANT
variant_extract (VARIANT, VARCHAR) VARIANT / (VARIANT, UINTEGER) VARIANT
variant_normalize (VARIANT) VARIANT
variant_to_parquet_variant (VARIANT) PARQUET_VARIANT
variant_typeof (VARIANT) VARCHAR
version () VARCHAR
write_log (VARCHAR, any*) ? ; volatile
xor (TINYINT, TINYINT) TINYINT / (SMALLINT, SMALLINT) SMALLINT / (INTEGER, INTEGER) INTEGER / (BIGINT, BIGINT) BIGINT / (HUGEINT, HUGEINT) HUGEINT / (UTINYINT, UTINYINT) UTINYINT / (USMALLINT, USMALLINT) USMALLINT / (UINTEGER, UINTEGER) UINTEGER / (UBIGINT, UBIGINT) UBIGINT / (UHUGEINT, UHUGEINT) UHUGEINT / (BIT, BIT) BIT
`;

export const aggregates = `
arg_max, arg_min, argmax, argmin, max_by, min_by, arg_max_null, arg_min_null, arg_max_nulls_last, arg_min_nulls_last (T, any) T / (T, any, BIGINT) T[]
percentile_cont (any, any?) =percentile ; within
percentile_disc (any, any?) same2 ; within
any_value, arbitrary (DECIMAL) same / (any) same
approx_count_distinct (any) BIGINT ; never
approx_quantile (TINYINT, FLOAT[]) TINYINT[] / (TIMESTAMP WITH TIME ZONE, FLOAT[]) TIMESTAMP WITH TIME ZONE[] / (INTEGER, FLOAT) INTEGER / (BIGINT, FLOAT) BIGINT / (HUGEINT, FLOAT) HUGEINT / (DOUBLE, FLOAT) DOUBLE / (DATE, FLOAT) DATE / (SMALLINT, FLOAT) SMALLINT / (TIME WITH TIME ZONE, FLOAT) TIME WITH TIME ZONE / (TIMESTAMP, FLOAT) TIMESTAMP / (TIMESTAMP WITH TIME ZONE, FLOAT) TIMESTAMP WITH TIME ZONE / (DECIMAL, FLOAT[]) =listed / (DECIMAL, FLOAT) ? / (SMALLINT, FLOAT[]) SMALLINT[] / (INTEGER, FLOAT[]) INTEGER[] / (BIGINT, FLOAT[]) BIGINT[] / (HUGEINT, FLOAT[]) HUGEINT[] / (FLOAT, FLOAT[]) FLOAT[] / (DOUBLE, FLOAT[]) DOUBLE[] / (DATE, FLOAT[]) DATE[] / (TIME, FLOAT[]) TIME[] / (TIME WITH TIME ZONE, FLOAT[]) TIME WITH TIME ZONE[] / (TIMESTAMP, FLOAT[]) TIMESTAMP[] / (TIME, FLOAT) TIME
approx_top_k (any, BIGINT) =listed
array_agg, list (T) T[]
avg, mean (DECIMAL) DOUBLE / (SMALLINT) DOUBLE / (INTEGER) DOUBLE / (BIGINT) DOUBLE / (HUGEINT) DOUBLE / (INTERVAL) INTERVAL / (DOUBLE) DOUBLE / (TIMESTAMP) TIMESTAMP / (TIMESTAMP WITH TIME ZONE) TIMESTAMP WITH TIME ZONE / (TIME) TIME / (TIME WITH TIME ZONE) TIME WITH TIME ZONE
bit_and (BIT) BIT / (UHUGEINT) UHUGEINT / (UBIGINT) UBIGINT / (UINTEGER) UINTEGER / (USMALLINT) USMALLINT / (UTINYINT) UTINYINT / (HUGEINT) HUGEINT / (BIGINT) BIGINT / (INTEGER) INTEGER / (SMALLINT) SMALLINT / (TINYINT) TINYINT
bit_or (USMALLINT) USMALLINT / (UINTEGER) UINTEGER / (UBIGINT) UBIGINT / (UHUGEINT) UHUGEINT / (BIT) BIT / (UTINYINT) UTINYINT / (HUGEINT) HUGEINT / (BIGINT) BIGINT / (INTEGER) INTEGER / (SMALLINT) SMALLINT / (TINYINT) TINYINT
bit_xor (TINYINT) TINYINT / (INTEGER) INTEGER / (SMALLINT) SMALLINT / (BIGINT) BIGINT / (HUGEINT) HUGEINT / (UTINYINT) UTINYINT / (USMALLINT) USMALLINT / (UINTEGER) UINTEGER / (UBIGINT) UBIGINT / (UHUGEINT) UHUGEINT / (BIT) BIT
bitstring_agg (BIGINT, BIGINT, BIGINT) BIT / (UHUGEINT) BIT / (UHUGEINT, UHUGEINT, UHUGEINT) BIT / (BIGINT) BIT / (INTEGER, INTEGER, INTEGER) BIT / (INTEGER) BIT / (SMALLINT, SMALLINT, SMALLINT) BIT / (SMALLINT) BIT / (TINYINT, TINYINT, TINYINT) BIT / (TINYINT) BIT / (HUGEINT, HUGEINT, HUGEINT) BIT / (UBIGINT, UBIGINT, UBIGINT) BIT / (UBIGINT) BIT / (UINTEGER, UINTEGER, UINTEGER) BIT / (UINTEGER) BIT / (USMALLINT, USMALLINT, USMALLINT) BIT / (USMALLINT) BIT / (UTINYINT) BIT / (HUGEINT) BIT / (UTINYINT, UTINYINT, UTINYINT) BIT
bool_and, bool_or (BOOLEAN) BOOLEAN
corr, covar_pop, covar_samp, regr_avgx, regr_avgy, regr_intercept, regr_r2, regr_slope, regr_sxx, regr_sxy, regr_syy (DOUBLE, DOUBLE) DOUBLE
count (any) BIGINT ; never / () BIGINT ; never
count_if, countif (BOOLEAN) HUGEINT ; never
count_star () BIGINT ; never
entropy (any) DOUBLE
favg, fsum, kahan_sum, kurtosis, kurtosis_pop, product, sem, skewness, stddev, stddev_pop, stddev_samp, sumkahan, var_pop, var_samp, variance (DOUBLE) DOUBLE
first, last (T) T / (DECIMAL) same / (any) same
group_concat, listagg, string_agg (any) VARCHAR / (any, VARCHAR) VARCHAR
histogram (any, any[]) =histogram / (any) =histogram
histogram_exact (any, any[]) ?
mad (TIME WITH TIME ZONE) INTERVAL / (TIMESTAMP WITH TIME ZONE) INTERVAL / (TIME) INTERVAL / (TIMESTAMP) INTERVAL / (DATE) INTERVAL / (DOUBLE) DOUBLE / (FLOAT) FLOAT / (DECIMAL) same
max (any) same / (any, BIGINT) =listed
median (any) =median
min (any, BIGINT) =listed / (any) same
mode (any) same
quantile, quantile_disc (any, DOUBLE) same / (any, DOUBLE[]) =listed / (any) ?
quantile_cont (DECIMAL, DOUBLE) same / (TIME WITH TIME ZONE, DOUBLE[]) TIME WITH TIME ZONE[] / (TINYINT, DOUBLE) DOUBLE / (TINYINT, DOUBLE[]) DOUBLE[] / (SMALLINT, DOUBLE) DOUBLE / (SMALLINT, DOUBLE[]) DOUBLE[] / (INTEGER, DOUBLE) DOUBLE / (INTEGER, DOUBLE[]) DOUBLE[] / (DECIMAL, DOUBLE[]) =listed / (BIGINT, DOUBLE[]) DOUBLE[] / (HUGEINT, DOUBLE) DOUBLE / (HUGEINT, DOUBLE[]) DOUBLE[] / (FLOAT, DOUBLE) FLOAT / (FLOAT, DOUBLE[]) FLOAT[] / (DOUBLE, DOUBLE) DOUBLE / (DOUBLE, DOUBLE[]) DOUBLE[] / (DATE, DOUBLE) TIMESTAMP / (DATE, DOUBLE[]) TIMESTAMP[] / (TIMESTAMP, DOUBLE) TIMESTAMP / (TIMESTAMP, DOUBLE[]) TIMESTAMP[] / (TIME, DOUBLE) TIME / (TIME, DOUBLE[]) TIME[] / (TIMESTAMP WITH TIME ZONE, DOUBLE) TIMESTAMP WITH TIME ZONE / (TIMESTAMP WITH TIME ZONE, DOUBLE[]) TIMESTAMP WITH TIME ZONE[] / (TIME WITH TIME ZONE, DOUBLE) TIME WITH TIME ZONE / (BIGINT, DOUBLE) DOUBLE
regr_count (DOUBLE, DOUBLE) UINTEGER
reservoir_quantile (DECIMAL, DOUBLE) ? / (DOUBLE, DOUBLE[]) DOUBLE[] / (SMALLINT, DOUBLE, INTEGER) SMALLINT / (SMALLINT, DOUBLE[]) SMALLINT[] / (SMALLINT, DOUBLE[], INTEGER) SMALLINT[] / (DOUBLE, DOUBLE[], INTEGER) DOUBLE[] / (INTEGER, DOUBLE) INTEGER / (INTEGER, DOUBLE, INTEGER) INTEGER / (INTEGER, DOUBLE[]) INTEGER[] / (INTEGER, DOUBLE[], INTEGER) INTEGER[] / (BIGINT, DOUBLE) BIGINT / (BIGINT, DOUBLE, INTEGER) BIGINT / (BIGINT, DOUBLE[]) BIGINT[] / (DECIMAL, DOUBLE[]) ? / (BIGINT, DOUBLE[], INTEGER) BIGINT[] / (TINYINT, DOUBLE[], INTEGER) TINYINT[] / (TINYINT, DOUBLE[]) TINYINT[] / (TINYINT, DOUBLE, INTEGER) TINYINT / (TINYINT, DOUBLE) TINYINT / (DECIMAL, DOUBLE[], INTEGER) ? / (HUGEINT, DOUBLE) HUGEINT / (HUGEINT, DOUBLE, INTEGER) HUGEINT / (HUGEINT, DOUBLE[]) HUGEINT[] / (HUGEINT, DOUBLE[], INTEGER) HUGEINT[] / (FLOAT, DOUBLE) FLOAT / (FLOAT, DOUBLE, INTEGER) FLOAT / (DECIMAL, DOUBLE, INTEGER) ? / (FLOAT, DOUBLE[]) FLOAT[] / (FLOAT, DOUBLE[], INTEGER) FLOAT[] / (DOUBLE, DOUBLE) DOUBLE / (DOUBLE, DOUBLE, INTEGER) DOUBLE / (SMALLINT, DOUBLE) SMALLINT
sum (DECIMAL) =decimal38 / (BOOLEAN) HUGEINT / (SMALLINT) HUGEINT / (INTEGER) HUGEINT / (BIGINT) HUGEINT / (HUGEINT) HUGEINT / (DOUBLE) DOUBLE / (BIGNUM) BIGNUM
sum_no_overflow (INTEGER) HUGEINT / (BIGINT) HUGEINT / (DECIMAL) ?
geomean, geometric_mean (any) DOUBLE
json_group_array, json_group_structure (any) JSON
json_group_object (any, any) JSON
wavg, weighted_avg (any, any) DOUBLE
`;

export const windows = `
row_number, rank, dense_rank, rank_dense () BIGINT ; never
percent_rank, cume_dist () DOUBLE ; never
ntile (BIGINT) BIGINT
lag, lead (any, BIGINT?, any?) same
first_value, last_value (T) T
nth_value (T, BIGINT) T
fill (T) T
`;

export const tables = `
range (BIGINT) => range BIGINT / (BIGINT, BIGINT) => range BIGINT / (BIGINT, BIGINT, BIGINT) => range BIGINT / (TIMESTAMP, TIMESTAMP, INTERVAL) => range TIMESTAMP / (TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE, INTERVAL) => range TIMESTAMP WITH TIME ZONE
generate_series (BIGINT) => generate_series BIGINT / (BIGINT, BIGINT) => generate_series BIGINT / (BIGINT, BIGINT, BIGINT) => generate_series BIGINT / (TIMESTAMP, TIMESTAMP, INTERVAL) => generate_series TIMESTAMP / (TIMESTAMP WITH TIME ZONE, TIMESTAMP WITH TIME ZONE, INTERVAL) => generate_series TIMESTAMP WITH TIME ZONE
glob (any) => file VARCHAR
add_parquet_key, all_profiling_output, arrow_scan, arrow_scan_dumb, check_peg_parser, collations, copy_database, database_list, database_size, disable_checkpoint_on_shutdown, disable_object_cache, disable_optimizer, disable_print_progress_bar, disable_profile, disable_progress_bar, disable_verification, disable_verify_external, disable_verify_fetch_row, disable_verify_parallelism, disable_verify_serializer, duckdb_logs_parsed, duckdb_table_sample, enable_checkpoint_on_shutdown, enable_object_cache, enable_optimizer, enable_print_progress_bar, enable_profile, enable_progress_bar, enable_verification, extension_versions, functions, histogram, histogram_values, import_database, json_each, json_execute_serialized_sql, json_tree, metadata_info, parquet_bloom_probe, parquet_file_metadata, parquet_full_metadata, parquet_kv_metadata, parquet_metadata, parquet_scan, parquet_schema, platform, pragma_show, pragma_storage_info, pragma_table_info, query, query_table, read_blob, read_csv, read_csv_auto, read_duckdb, read_json, read_json_auto, read_json_objects, read_json_objects_auto, read_ndjson, read_ndjson_auto, read_ndjson_objects, read_parquet, read_text, repeat, repeat_row, seq_scan, show, show_databases, show_tables, show_tables_expanded, sniff_csv, sql_auto_complete, storage_info, summary, table_info, test_all_types, test_vector_types, unnest, user_agent, verify_external, verify_fetch_row, verify_parallelism, verify_serializer, version, which_secret (any*)
checkpoint, disable_logging, disable_profiling, enable_logging, enable_profiling, force_checkpoint, truncate_duckdb_logs (any*) => Success BOOLEAN
disable_peg_parser, enable_peg_parser (any*) => success BOOLEAN
duckdb_approx_database_count (any*) => approx_count UBIGINT
duckdb_columns (any*) => database_name VARCHAR, database_oid BIGINT, schema_name VARCHAR, schema_oid BIGINT, table_name VARCHAR, table_oid BIGINT, column_name VARCHAR, column_index INTEGER, comment VARCHAR, internal BOOLEAN, column_default VARCHAR, is_nullable BOOLEAN, data_type VARCHAR, data_type_id BIGINT, character_maximum_length INTEGER, numeric_precision INTEGER, numeric_precision_radix INTEGER, numeric_scale INTEGER
duckdb_connection_count (any*) => count UBIGINT
duckdb_constraints (any*) => database_name VARCHAR, database_oid BIGINT, schema_name VARCHAR, schema_oid BIGINT, table_name VARCHAR, table_oid BIGINT, constraint_index BIGINT, constraint_type VARCHAR, constraint_text VARCHAR, expression VARCHAR, constraint_column_indexes BIGINT[], constraint_column_names VARCHAR[], constraint_name VARCHAR, referenced_table VARCHAR, referenced_column_names VARCHAR[]
duckdb_coordinate_systems (any*) => database_name VARCHAR, database_oid BIGINT, schema_name VARCHAR, schema_oid BIGINT, crs_oid BIGINT, crs_name VARCHAR, auth_name VARCHAR, auth_code VARCHAR, projjson VARCHAR, wkt2_2019 VARCHAR
duckdb_databases (any*) => database_name VARCHAR, database_oid BIGINT, path VARCHAR, comment VARCHAR, tags MAP(VARCHAR, VARCHAR), internal BOOLEAN, type VARCHAR, readonly BOOLEAN, encrypted BOOLEAN, cipher VARCHAR, options MAP(VARCHAR, VARCHAR)
duckdb_dependencies (any*) => classid BIGINT, objid BIGINT, objsubid INTEGER, refclassid BIGINT, refobjid BIGINT, refobjsubid INTEGER, deptype VARCHAR
duckdb_extensions (any*) => extension_name VARCHAR, loaded BOOLEAN, installed BOOLEAN, install_path VARCHAR, description VARCHAR, aliases VARCHAR[], extension_version VARCHAR, install_mode VARCHAR, installed_from VARCHAR
duckdb_external_file_cache (any*) => path VARCHAR, nr_bytes BIGINT, location BIGINT, loaded BOOLEAN
duckdb_functions (any*) => database_name VARCHAR, database_oid VARCHAR, schema_name VARCHAR, function_name VARCHAR, alias_of VARCHAR, function_type VARCHAR, description VARCHAR, comment VARCHAR, tags MAP(VARCHAR, VARCHAR), return_type VARCHAR, parameters VARCHAR[], parameter_types VARCHAR[], varargs VARCHAR, macro_definition VARCHAR, has_side_effects BOOLEAN, internal BOOLEAN, function_oid BIGINT, examples VARCHAR[], stability VARCHAR, categories VARCHAR[]
duckdb_indexes (any*) => database_name VARCHAR, database_oid BIGINT, schema_name VARCHAR, schema_oid BIGINT, index_name VARCHAR, index_oid BIGINT, table_name VARCHAR, table_oid BIGINT, comment VARCHAR, tags MAP(VARCHAR, VARCHAR), is_unique BOOLEAN, is_primary BOOLEAN, expressions VARCHAR, sql VARCHAR
duckdb_keywords (any*) => keyword_name VARCHAR, keyword_category VARCHAR
duckdb_log_contexts (any*) => context_id UBIGINT, scope VARCHAR, connection_id UBIGINT, transaction_id UBIGINT, query_id UBIGINT, thread_id UBIGINT
duckdb_logs (any*) => context_id UBIGINT, timestamp TIMESTAMP WITH TIME ZONE, type VARCHAR, log_level VARCHAR, message VARCHAR
duckdb_memory (any*) => tag VARCHAR, memory_usage_bytes BIGINT, temporary_storage_bytes BIGINT
duckdb_optimizers, icu_calendar_names (any*) => name VARCHAR
duckdb_prepared_statements (any*) => name VARCHAR, statement VARCHAR, parameter_types VARCHAR[], result_types VARCHAR[]
duckdb_profiling_settings (any*) => name VARCHAR, value VARCHAR, description VARCHAR
duckdb_schemas (any*) => oid BIGINT, database_name VARCHAR, database_oid BIGINT, schema_name VARCHAR, comment VARCHAR, tags MAP(VARCHAR, VARCHAR), internal BOOLEAN, sql VARCHAR
duckdb_secret_types (any*) => type VARCHAR, default_provider VARCHAR, extension VARCHAR
duckdb_secrets (any*) => name VARCHAR, type VARCHAR, provider VARCHAR, persistent BOOLEAN, storage VARCHAR, scope VARCHAR[], secret_string VARCHAR
duckdb_sequences (any*) => database_name VARCHAR, database_oid BIGINT, schema_name VARCHAR, schema_oid BIGINT, sequence_name VARCHAR, sequence_oid BIGINT, comment VARCHAR, tags MAP(VARCHAR, VARCHAR), temporary BOOLEAN, start_value BIGINT, min_value BIGINT, max_value BIGINT, increment_by BIGINT, cycle BOOLEAN, last_value BIGINT, sql VARCHAR
duckdb_settings (any*) => name VARCHAR, value VARCHAR, description VARCHAR, input_type VARCHAR, scope VARCHAR, aliases VARCHAR[]
duckdb_tables (any*) => database_name VARCHAR, database_oid BIGINT, schema_name VARCHAR, schema_oid BIGINT, table_name VARCHAR, table_oid BIGINT, comment VARCHAR, tags MAP(VARCHAR, VARCHAR), internal BOOLEAN, temporary BOOLEAN, has_primary_key BOOLEAN, estimated_size BIGINT, column_count BIGINT, index_count BIGINT, check_constraint_count BIGINT, sql VARCHAR
duckdb_temporary_files (any*) => path VARCHAR, size BIGINT
duckdb_types (any*) => database_name VARCHAR, database_oid BIGINT, schema_name VARCHAR, schema_oid BIGINT, type_oid BIGINT, type_name VARCHAR, type_size BIGINT, logical_type VARCHAR, type_category VARCHAR, comment VARCHAR, tags MAP(VARCHAR, VARCHAR), internal BOOLEAN, labels VARCHAR[]
duckdb_variables (any*) => name VARCHAR, value VARCHAR, type VARCHAR
duckdb_views (any*) => database_name VARCHAR, database_oid BIGINT, schema_name VARCHAR, schema_oid BIGINT, view_name VARCHAR, view_oid BIGINT, comment VARCHAR, tags MAP(VARCHAR, VARCHAR), internal BOOLEAN, temporary BOOLEAN, column_count BIGINT, sql VARCHAR, is_bound BOOLEAN
pg_timezone_names (any*) => name VARCHAR, abbrev VARCHAR, utc_offset INTERVAL, is_dst BOOLEAN
pragma_collations (any*) => collname VARCHAR
pragma_database_size (any*) => database_name VARCHAR, database_size VARCHAR, block_size BIGINT, total_blocks BIGINT, used_blocks BIGINT, free_blocks BIGINT, wal_size VARCHAR, memory_usage VARCHAR, memory_limit VARCHAR
pragma_metadata_info (any*) => block_id BIGINT, total_blocks BIGINT, free_blocks BIGINT, free_list BIGINT[]
pragma_platform (any*) => platform VARCHAR
pragma_user_agent (any*) => user_agent VARCHAR
pragma_version (any*) => library_version VARCHAR, source_id VARCHAR, codename VARCHAR
`;
