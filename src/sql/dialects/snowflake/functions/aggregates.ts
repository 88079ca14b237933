import type { FunctionFamily } from '../../../types/index.ts';

/** Aggregates and window functions. What WITHIN GROUP orders by can be given as a last argument. */
export const aggregates: readonly FunctionFamily[] = [
  {
    kind: 'aggregate',
    nulls: 'maybe',
    lines: `
accumulate (any*) ?
agg (any) ?
ai_agg, ai_summarize_agg (any*) varchar ; volatile
any_value (any) same
approx_count_distinct, hll, datasketches_hll (any+) number ; never
approx_percentile (number, number) float
approx_percentile_accumulate (number) object
approx_percentile_combine (any) object
approx_top_k (any, integer?, integer?) array
approx_top_k_accumulate (any, integer) object
approx_top_k_combine (any, integer?) object
approximate_jaccard_index, approximate_similarity (any) float
array_agg, arrayagg (any, any?) array ; within? never
array_union_agg, array_unique_agg (any) array
avg (number) =avg
bitand_agg, bitandagg, bit_and_agg, bit_andagg (any) =bits
bitor_agg, bitoragg, bit_or_agg, bit_oragg (any) =bits
bitxor_agg, bitxoragg, bit_xor_agg, bit_xoragg (any) =bits
bitmap_and_agg, bitmap_construct_agg, bitmap_or_agg (any) binary
booland_agg, boolor_agg, boolxor_agg (any) boolean
corr, covar_pop, covar_samp (number, number) float
count (any+) number(18,0) ; never
count_if (boolean) number(13,0)
datasketches_hll_accumulate, datasketches_hll_combine (any, any?) binary
grouping, grouping_id (any+) number ; never alone
hash_agg (any+) number(19,0) ; never
hll_accumulate (any) binary
hll_combine (any) binary
kurtosis (number) =kurtosis
listagg, string_agg (any, text?, any?) varchar ; within? never
max, min (any) same
max_by, min_by (any, any, integer?) =by
median (number) =median
minhash (integer, any+) variant
minhash_combine (any) variant
mode (any) same
object_agg (any, any) object ; never
percentile_cont (number, any?) =percentile ; within
percentile_disc (number, any?) =ordered ; within
regr_avgx, regr_avgy, regr_intercept, regr_r2, regr_slope, regr_sxx, regr_sxy, regr_syy (number, number) float
regr_count (number, number) number
skew (number) float
stddev, stddev_pop, stddev_samp (number) float
sum (number) =sum
var_pop, var_samp, variance, variance_pop, variance_samp (number) =variance
vector_avg, vector_max, vector_min, vector_sum (any) ?
st_collect, st_union_agg, st_intersection_agg (any) ?
`,
  },
  {
    kind: 'window',
    nulls: 'maybe',
    lines: `
conditional_change_event (any) number ; never
conditional_true_event (any) number ; never
cume_dist, percent_rank () float ; never
dense_rank, rank, row_number () number(18,0) ; never
first_value, last_value (any) same
interpolate_bfill, interpolate_ffill, interpolate_linear (any) same
lag, lead (any, integer?, any?) =shifted
nth_value (any, integer) same
ntile (integer) number
ratio_to_report (number) ?
`,
  },
  {
    kind: 'scalar',
    nulls: 'any',
    lines: `
approx_percentile_estimate (any, number) float
approx_top_k_estimate (any, integer?) array
datasketches_hll_estimate, hll_estimate (any) number
hll_export (any) object
hll_import (any) binary
st_collect (any, any) ?
`,
  },
];
