import type { FunctionFamily } from '../../../types/index.ts';

/** Arithmetic, rounding, trigonometry, bits, bitmaps, random numbers and sequences. */
export const numbers: readonly FunctionFamily[] = [
  {
    kind: 'scalar',
    nulls: 'any',
    lines: `
abs (number) =number
sign (number) =sign
ceil, ceiling, floor (number, integer?) =rounded
round (expr number, scale integer?, rounding_mode text?) =rounded
trunc, truncate (number, integer?) =rounded / (dt, part) =truncated
mod (number, number) =modulo
div0, div0null (number, number) =quotient
factorial (integer) number
acos, acosh, asin, asinh, atan, atanh, cos, cosh, cot, sin, sinh, tan, tanh (number) =float
atan2 (number, number) =float
cbrt, degrees, exp, ln, radians, sqrt, square (number) =float
log (number, number) =float
pow, power (number, number) =float
pi () float
haversine (number, number, number, number) float
width_bucket (number, number, number, integer) number
bitand, bit_and, bitor, bit_or, bitxor, bit_xor (any, any, text?) =bits
bitnot, bit_not (any) =bits
bitshiftleft, bit_shiftleft, bitshiftright, bit_shiftright (any, integer) =bits
getbit (integer, integer) number
bitmap_absolute_position (integer, integer) number
bitmap_and, bitmap_or (binary, binary) binary
bitmap_bit_position, bitmap_bucket_number (integer) number
bitmap_count (binary) number
bitmap_to_array (binary) array
`,
  },
  {
    kind: 'scalar',
    nulls: 'never',
    lines: `
random (integer?) number(19,0) ; volatile
randstr (integer, any) varchar ; volatile
uniform (number, number, any) =uniform ; volatile
normal (number, number, any) float ; volatile
zipf (number, integer, any) number ; volatile
seq1, seq2, seq4, seq8 (integer?) number ; volatile
uuid_string (text?, text?) varchar ; volatile
`,
  },
  {
    kind: 'scalar',
    nulls: 'any',
    lines: `
vector_cosine_similarity, vector_inner_product, vector_l1_distance, vector_l2_distance (vector, vector) float
vector_truncate, vector_normalize (any*) ?
`,
  },
];
