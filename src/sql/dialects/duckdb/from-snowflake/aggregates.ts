import {
  binary,
  branch,
  call,
  cast,
  conditional,
  isNull,
  list,
  logical,
  number,
  parenthesized,
  string,
  type,
} from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Call, Expression, SortItem } from '../../../tree.ts';
import { type Wanted, want } from './coercion.ts';
import {
  argumentsOf,
  constantNumber,
  type FunctionRule,
  type FunctionRules,
  refuseCall,
  renamed,
  title,
} from './functions.ts';
import { macro } from './macro.ts';

/** docs.snowflake.com/en/sql-reference/functions-aggregation */
export const aggregates: FunctionRules = {
  sum: aggregate('sum', ['number']),
  min: aggregate('min', ['any']),
  max: aggregate('max', ['any']),
  any_value: aggregate('any_value', ['any']),
  // Of values that occur equally often it is any of them, there as here.
  mode: aggregate('mode', ['any']),
  avg: average,
  count: counted,
  // Snowflake counts none where nothing is true, whatever its documentation says; DuckDB has no count of nothing but NULLs.
  count_if: (node, translation) => call('coalesce', aggregate('count_if', ['boolean'])(node, translation), number(0)),
  booland_agg: aggregate('bool_and', ['boolean']),
  boolor_agg: aggregate('bool_or', ['boolean']),
  boolxor_agg: (node, translation) => {
    const [value] = argumentsOf(node, translation);
    if (!value) return refuseCall(node, translation);
    return binary(renamed(node, 'count_if', [want(value, 'boolean', translation)], translation), '=', number(1));
  },
  bitand_agg: aggregate('bit_and', ['integer']),
  bit_and_agg: aggregate('bit_and', ['integer']),
  bitor_agg: aggregate('bit_or', ['integer']),
  bit_or_agg: aggregate('bit_or', ['integer']),
  bitxor_agg: aggregate('bit_xor', ['integer']),
  bit_xor_agg: aggregate('bit_xor', ['integer']),
  stddev: aggregate('stddev_samp', ['float']),
  stddev_samp: aggregate('stddev_samp', ['float']),
  stddev_pop: aggregate('stddev_pop', ['float']),
  variance: aggregate('var_samp', ['float']),
  variance_samp: aggregate('var_samp', ['float']),
  var_samp: aggregate('var_samp', ['float']),
  variance_pop: aggregate('var_pop', ['float']),
  var_pop: aggregate('var_pop', ['float']),
  corr: aggregate('corr', ['float', 'float']),
  covar_pop: aggregate('covar_pop', ['float', 'float']),
  covar_samp: aggregate('covar_samp', ['float', 'float']),
  ...Object.fromEntries(
    ['avgx', 'avgy', 'intercept', 'r2', 'slope', 'sxx', 'sxy', 'syy', 'count'].map(
      (kind) => [`regr_${kind}`, aggregate(`regr_${kind}`, ['float', 'float'])] as const,
    ),
  ),
  min_by: aggregate('arg_min', ['any', 'any']),
  max_by: aggregate('arg_max', ['any', 'any']),
  // The exact numbers are within what is promised of the approximate ones.
  approx_count_distinct: (node, translation) => counted({ ...node, distinct: 'distinct' }, translation),
  hll: (node, translation) => counted({ ...node, distinct: 'distinct' }, translation),
  approx_percentile: (node, translation) => {
    const [value, fraction] = argumentsOf(node, translation);
    if (!value || !fraction) return refuseCall(node, translation);
    return renamed(
      node,
      'quantile_cont',
      [want(value, 'float', translation), translation.expression(fraction)],
      translation,
    );
  },
  median: (node, translation) => {
    const [value] = argumentsOf(node, translation);
    return value ? interpolated(node, value, number('0.5'), translation) : refuseCall(node, translation);
  },
  percentile_cont: (node, translation) => percentile(node, true, translation),
  percentile_disc: (node, translation) => percentile(node, false, translation),
  listagg,
  string_agg: listagg,
  array_agg: collected,
  arrayagg: collected,
  array_unique_agg: (node, translation) => collected({ ...node, distinct: 'distinct' }, translation),
  object_agg: (node, translation) => {
    const [key, value] = argumentsOf(node, translation);
    if (!key || !value) return refuseCall(node, translation);
    const keys = want(key, 'text', translation);
    const sorted = (values: Expression): Expression =>
      call('coalesce', { ...renamed(node, 'list', [values], translation), orderBy: [sort(keys)] }, list());
    return macro('snowflake_object', sorted(keys), sorted(macro('snowflake_json', translation.expression(value))));
  },
  grouping: (node, translation) => call('grouping', ...translation.expressions(argumentsOf(node, translation))),
  grouping_id: (node, translation) => call('grouping_id', ...translation.expressions(argumentsOf(node, translation))),
};

function aggregate(called: string, wanted: readonly Wanted[]): FunctionRule {
  return (node, translation) => {
    const given = argumentsOf(node, translation);
    if (given.length !== wanted.length || node.withinGroup || node.orderBy)
      return refuseCall(node, translation, `${title(node)} with these arguments`);
    const made = given.map((value, index) => want(value, wanted[index]!, translation));
    return renamed(node, called, made, translation);
  };
}

const sort = (expression: Expression): SortItem => ({
  kind: 'sort-item',
  expression,
  direction: 'asc',
  nulls: 'last',
  start: -1,
  end: -1,
});

/** A mean of NUMBERs is one, with six more digits; DuckDB's is a DOUBLE. */
function average(node: Call, translation: Translation): Expression {
  const [value, ...others] = argumentsOf(node, translation);
  if (!value || others.length > 0) return refuseCall(node, translation);
  const given = translation.typeOf(value).kind;
  const made = want(value, 'number', translation);
  if (given === 'float' || given === 'variant' || given === 'varchar') return renamed(node, 'avg', [made], translation);
  const count = call('nullif', renamed(node, 'count', [made], translation), number(0));
  return macro('snowflake_divide', renamed(node, 'sum', [made], translation), count);
}

/** Rows in which nothing is NULL. */
function counted(node: Call, translation: Translation): Expression {
  const [first, ...others] = argumentsOf(node, translation);
  if (!first) return refuseCall(node, translation);
  if (first.kind === 'star') {
    if (first.qualifier.length > 0) return refuseCall(node, translation, 'COUNT of all columns of a table');
    return renamed(node, 'count', [first], translation);
  }
  const made = translation.expressions([first, ...others]);
  if (others.length === 0) return renamed(node, 'count', made, translation);
  const complete = logical('and', ...made.map((value) => isNull(value, true)));
  const row: Expression = { kind: 'tuple', keyword: true, items: made, start: -1, end: -1 };
  return renamed(node, 'count', [conditional([branch(complete, row)])], translation);
}

/** Between two NUMBERs lies one with three more digits; DuckDB would cut it to theirs. */
function interpolated(node: Call, value: Expression, fraction: Expression, translation: Translation): Expression {
  const given = translation.typeOf(value);
  const made = want(value, 'number', translation);
  if (given.kind === 'date' || given.kind === 'timestamp')
    return refuseCall(node, translation, `${title(node)} of dates`);
  const wider = parenthesized(binary(made, '*', cast(number(1), type('decimal', 38, 3))));
  return renamed(node, 'quantile_cont', [given.kind === 'float' ? made : wider, fraction], translation);
}

function percentile(node: Call, continuous: boolean, translation: Translation): Expression {
  const [fraction] = argumentsOf(node, translation);
  const [order, ...others] = node.withinGroup ?? [];
  const share = constantNumber(fraction);
  if (!order || others.length > 0 || share === undefined)
    return refuseCall(node, translation, `${title(node)} of a computed share`);
  const isDescending = order.direction === 'desc';
  if (isDescending && !continuous) return refuseCall(node, translation, `${title(node)} of a descending order`);
  const at = isDescending ? binary(number(1), '-', number(share)) : number(share);
  if (continuous) return interpolated(node, order.expression, at, translation);
  return renamed(node, 'quantile_disc', [translation.expression(order.expression), at], translation);
}

/** Texts one behind the other without NULLs; of nothing, an empty text. */
function listagg(node: Call, translation: Translation): Expression {
  const [value, separator] = argumentsOf(node, translation);
  if (!value || node.orderBy) return refuseCall(node, translation);
  const between = separator ? want(separator, 'text', translation) : string('');
  const orderBy = node.withinGroup?.map(translation.sortItem);
  const text = want(value, 'text', translation);
  if (node.distinct && !isOrderedByItself(node, value, translation))
    return refuseCall(node, translation, 'LISTAGG(DISTINCT …) ordered by something else');
  const ordered = node.distinct && orderBy ? orderBy.map((item) => ({ ...item, expression: text })) : orderBy;
  const made = renamed(node, 'string_agg', [text, between], translation);
  return call('coalesce', ordered ? { ...made, orderBy: ordered } : made, string(''));
}

const isOrderedByItself = ({ withinGroup = [] }: Call, value: Expression, translation: Translation): boolean =>
  withinGroup.every(({ expression }) => printed(expression, translation) === printed(value, translation));

const printed = ({ start, end }: Expression, { text }: Translation): string => text.slice(start, end).toLowerCase();

/** An array without NULLs; of nothing, an empty one. */
function collected(node: Call, translation: Translation): Expression {
  const [value, ...others] = argumentsOf(node, translation);
  if (!value || others.length > 0 || node.orderBy) return refuseCall(node, translation);
  const isVariant = translation.typeOf(value).kind === 'variant';
  if (node.distinct && node.withinGroup && (isVariant || !isOrderedByItself(node, value, translation)))
    return refuseCall(node, translation, 'ARRAY_AGG(DISTINCT …) ordered by something else');
  const made = translation.expression(value);
  const isThere = isNull(made, true);
  const orderBy = node.withinGroup?.map(translation.sortItem);
  // What is told apart has to be what the order is by.
  const element = node.distinct && orderBy ? made : want(value, 'element', translation);
  const gathered: Call = {
    ...renamed(node, 'list', [element], translation),
    filter: node.filter ? logical('and', isThere, translation.expression(node.filter)) : isThere,
    ...(orderBy ? { orderBy } : {}),
  };
  return macro('snowflake_array', call('coalesce', gathered, list()));
}
