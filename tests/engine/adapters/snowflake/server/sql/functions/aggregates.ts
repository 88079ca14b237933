import { unsupported } from '../../errors.ts';
import { allArguments, argument, type Call, optional, type Rule } from './call.ts';

const same =
  (name: string): Rule =>
  (call) =>
    `${name}(${call.distinct ? 'DISTINCT ' : ''}${allArguments(call).join(', ')})${call.over}`;

const alone = (call: Call): void => {
  if (call.over !== '') throw unsupported(`${call.name} OVER`);
};

const ordered = (call: Call): string => (call.order === undefined ? '' : ` ORDER BY ${call.order}`);

const names =
  'SUM MIN MAX STDDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP VAR_SAMP CORR COVAR_POP COVAR_SAMP ANY_VALUE MODE ' +
  'MIN_BY MAX_BY ROW_NUMBER RANK DENSE_RANK PERCENT_RANK CUME_DIST NTILE LAG LEAD FIRST_VALUE LAST_VALUE NTH_VALUE GROUPING';

/** Aggregate and window functions. */
export const aggregates: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(names.split(' ').map((name) => [name, same(name)])),
  COUNT: (call) => {
    const [only] = call.group?.children ?? [];
    if (only?.kind === 'symbol' && only.text === '*') return `count(*)${call.over}`;
    const parts = allArguments(call);
    if (parts.length < 2) return same('count')(call);
    const whole = `CASE WHEN ${parts.map((part) => `${part} IS NOT NULL`).join(' AND ')} THEN ROW(${parts.join(', ')}) END`;
    return `count(${call.distinct ? 'DISTINCT ' : ''}${whole})${call.over}`;
  },
  COUNT_IF: (call) => `coalesce(${same('count_if')(call)}, 0)`,
  AVG: (call) => {
    const [value, average] = [argument(call, 0), same('avg')(call)];
    const type = `typeof(any_value(${value})${call.over})`;
    return `CASE WHEN ${type} IN ('DOUBLE', 'FLOAT') THEN ${average} ELSE round(${average}, main.sf_digits(${type})) END`;
  },
  MEDIAN: (call) => `median(CAST(${argument(call, 0)} AS DOUBLE))${call.over}`,
  APPROX_COUNT_DISTINCT: (call) => `count(DISTINCT ${argument(call, 0)})${call.over}`,
  BOOLAND_AGG: same('bool_and'),
  BOOLOR_AGG: same('bool_or'),
  LISTAGG: (call) => {
    alone(call);
    const [value, separator] = [argument(call, 0), optional(call, 1) ?? "''"];
    const text = `main.sf_text(${value})`;
    // With DISTINCT the engine orders by what is joined only: by the text, then.
    const byText = call.distinct && call.order?.startsWith(value);
    const order =
      call.order === undefined ? '' : ` ORDER BY ${byText ? text + call.order.slice(value.length) : call.order}`;
    return `coalesce(string_agg(${call.distinct ? 'DISTINCT ' : ''}${text}, ${separator}${order}), '')`;
  },
  ARRAY_AGG: (call) => {
    alone(call);
    const value = argument(call, 0);
    const list = `list(${call.distinct ? 'DISTINCT ' : ''}${value}${ordered(call)}) FILTER (WHERE ${value} IS NOT NULL)`;
    return `coalesce(to_json(${list}), '[]'::JSON)`;
  },
  PERCENTILE_CONT: (call) => {
    if (call.order === undefined) throw unsupported('PERCENTILE_CONT without WITHIN GROUP');
    const [, value, direction = ''] = /^(.*?)( ASC| DESC)?$/s.exec(call.order) ?? [];
    return `percentile_cont(${argument(call, 0)}) WITHIN GROUP (ORDER BY CAST(${value} AS DOUBLE)${direction})${call.over}`;
  },
};
