import type { FunctionFamily } from '../../../types/index.ts';

/** Conditions and conversions. */
export const conditionals: readonly FunctionFamily[] = [
  {
    kind: 'scalar',
    nulls: 'maybe',
    lines: `
coalesce (any, any+) common ; all
ifnull, nvl (any, any) common ; all
nvl2 (any, any, any) common2
iff (boolean, any, any) common2
decode (any, any, any, any*) =decode
nullif (any, any) =nullif
nullifzero (number) same
zeroifnull (number) same ; never
equal_null (any, any) boolean ; never
greatest, least (any+) common ; any
greatest_ignore_nulls, least_ignore_nulls (any+) common ; all
booland, boolor (any, any) boolean
boolnot (any) boolean ; any
boolxor (any, any) boolean ; any
regr_valx, regr_valy (number, number) float
is_null_value (any) boolean
`,
  },
  {
    kind: 'scalar',
    nulls: 'any',
    lines: `
to_char, to_varchar (any, any?) varchar
to_binary (any, text?) binary
to_boolean (any) boolean
to_date, date (any, text?) date
to_decimal, to_number, to_numeric (any, any?, integer?, integer?) =number_cast
to_decfloat (any, text?) decfloat
to_double (any, text?) float
to_geography, to_geometry (any, any?, any?) ?
to_time, time (any, text?) time
to_timestamp, to_timestamp_ntz (any, any?) timestamp_ntz
to_timestamp_ltz (any, any?) timestamp_ltz
to_timestamp_tz (any, any?) timestamp_tz
to_uuid (any) uuid
`,
  },
  {
    kind: 'scalar',
    nulls: 'maybe',
    lines: `
try_to_binary (any, text?) binary
try_to_boolean (any) boolean
try_to_date (any, text?) date
try_to_decimal, try_to_number, try_to_numeric (any, any?, integer?, integer?) =number_cast
try_to_decfloat (any, text?) decfloat
try_to_double (any, text?) float
try_to_geography, try_to_geometry (any, any?, any?) ?
try_to_time (any, text?) time
try_to_timestamp, try_to_timestamp_ntz (any, any?) timestamp_ntz
try_to_timestamp_ltz (any, any?) timestamp_ltz
try_to_timestamp_tz (any, any?) timestamp_tz
try_to_uuid (any) uuid
`,
  },
];
