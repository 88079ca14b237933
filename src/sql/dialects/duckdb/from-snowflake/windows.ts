import { branch, call, conditional, nowhere, number } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Call, Expression, FrameBound, WindowFrame, WindowSpecification } from '../../../tree.ts';
import { want } from './coercion.ts';
import { argumentsOf, type FunctionRule, type FunctionRules, refuseCall, renamed, title } from './functions.ts';
import { macro } from './macro.ts';

/** docs.snowflake.com/en/sql-reference/functions-window */
export const windows: FunctionRules = {
  row_number: kept,
  rank: kept,
  dense_rank: kept,
  percent_rank: kept,
  cume_dist: kept,
  ntile: kept,
  lag: kept,
  lead: kept,
  first_value: overAllRows('first_value'),
  last_value: overAllRows('last_value'),
  nth_value: overAllRows('nth_value'),
  ratio_to_report: (node, translation) => {
    const [value] = argumentsOf(node, translation);
    if (!value || !node.over) return refuseCall(node, translation);
    const made = want(value, 'number', translation);
    return macro('snowflake_divide', made, call('nullif', renamed(node, 'sum', [made], translation), number(0)));
  },
  conditional_true_event: (node, translation) => {
    const [condition] = argumentsOf(node, translation);
    const window = node.over;
    if (!condition || window?.kind !== 'window' || window.frame || window.base) return refuseCall(node, translation);
    const isTrue = want(condition, 'boolean', translation);
    const one = conditional([branch(isTrue, number(1))], number(0));
    const over: WindowSpecification = {
      ...translation.parts(window),
      frame: { unit: 'rows', from: unbounded('preceding'), to: current, ...nowhere },
    };
    return { ...renamed(node, 'sum', [one], translation), over };
  },
};

/** IGNORE NULLS stands inside of the parentheses in DuckDB. */
function kept(node: Call, translation: Translation): Expression {
  return nullsInside(translation.parts(node));
}

const nullsInside = (node: Call): Call => (node.nulls ? { ...node, nulls: { ...node.nulls, inside: true } } : node);

const unbounded = (direction: 'preceding' | 'following'): FrameBound => ({ direction, ...nowhere });

const current: FrameBound = { direction: 'current row', ...nowhere };

const allRows: WindowFrame = { unit: 'rows', from: unbounded('preceding'), to: unbounded('following'), ...nowhere };

/** Without a frame these see all rows of the partition in Snowflake, in DuckDB those up to the current one. */
function overAllRows(called: string): FunctionRule {
  return (node, translation) => {
    const { over } = node;
    if (!over) return refuseCall(node, translation, `${title(node)} without OVER`);
    if (node.from === 'last') return refuseCall(node, translation, `${title(node)} FROM LAST`);
    const made = nullsInside(
      renamed(node, called, translation.expressions(argumentsOf(node, translation)), translation),
    );
    if (over.kind === 'identifier')
      return {
        ...made,
        over: { kind: 'window', base: over, partitionBy: [], orderBy: [], frame: allRows, ...nowhere },
      };
    return over.frame ? made : { ...made, over: { ...(made.over as WindowSpecification), frame: allRows } };
  };
}
