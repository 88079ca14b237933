import { allArguments, argument, type Call, type Rule } from './call.ts';

const unlessNull =
  (aggregate: 'max' | 'min'): Rule =>
  (call) =>
    `main.sf_unless_null([${allArguments(call).join(', ')}], '${aggregate}')`;

const coalesce: Rule = (call) => `coalesce(${allArguments(call).join(', ')})`;

/** A division by zero, or by NULL too, that gives zero. */
const dividedBy = (call: Call, zeros: string): string =>
  `CASE WHEN ${zeros} THEN (${argument(call, 0)}) * 0 ELSE main.sf_quotient(${argument(call, 0)}, ${argument(call, 1)}) END`;

/** Functions that choose. */
export const conditionals: Readonly<Record<string, Rule>> = {
  IFF: (call) => `CASE WHEN ${argument(call, 0)} THEN ${argument(call, 1)} ELSE ${argument(call, 2)} END`,
  COALESCE: coalesce,
  NVL: coalesce,
  IFNULL: coalesce,
  NVL2: (call) =>
    `CASE WHEN (${argument(call, 0)}) IS NOT NULL THEN ${argument(call, 1)} ELSE ${argument(call, 2)} END`,
  NULLIF: (call) => `nullif(${argument(call, 0)}, ${argument(call, 1)})`,
  ZEROIFNULL: (call) => `coalesce(${argument(call, 0)}, 0)`,
  NULLIFZERO: (call) => `nullif(${argument(call, 0)}, 0)`,
  DIV0: (call) => dividedBy(call, `(${argument(call, 1)}) = 0`),
  DIV0NULL: (call) => dividedBy(call, `coalesce(${argument(call, 1)}, 0) = 0`),
  EQUAL_NULL: (call) => `((${argument(call, 0)}) IS NOT DISTINCT FROM (${argument(call, 1)}))`,
  DECODE: (call) => {
    const [value, ...cases] = allArguments(call);
    const out = ['CASE'];
    for (let index = 0; index + 1 < cases.length; index += 2) {
      out.push(`WHEN (${value}) IS NOT DISTINCT FROM (${cases[index]}) THEN ${cases[index + 1]}`);
    }
    if (cases.length % 2 === 1) out.push(`ELSE ${cases.at(-1)}`);
    return [...out, 'END'].join(' ');
  },
  GREATEST: unlessNull('max'),
  LEAST: unlessNull('min'),
  GREATEST_IGNORE_NULLS: (call) => `greatest(${allArguments(call).join(', ')})`,
  LEAST_IGNORE_NULLS: (call) => `least(${allArguments(call).join(', ')})`,
};
