import { unsupported } from '../../errors.ts';
import { allArguments, argument, atMost, constant, isText, optional, type Rule } from './call.ts';

const same =
  (name: string): Rule =>
  (call) =>
    `${name}(${allArguments(call).join(', ')})`;

const names = 'ABS EXP LN LOG SQRT POWER SIGN SIN COS TAN ASIN ACOS ATAN ATAN2 PI DEGREES RADIANS CBRT FACTORIAL';

/** Functions over numbers. */
export const numbers: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(names.split(' ').map((name) => [name, same(name)])),
  POW: same('power'),
  SQUARE: (call) => `power(${argument(call, 0)}, 2)`,
  // Signed, as Snowflake's is; the numbers are others.
  HASH: (call) => `(CAST(hash(${allArguments(call).join(', ')}) AS DECIMAL(38, 0)) - 9223372036854775808)`,
  MOD: (call) => `main.sf_mod(${argument(call, 0)}, ${argument(call, 1)})`,
  CEIL: (call) => {
    atMost(call, 1);
    return `ceil(${argument(call, 0)})`;
  },
  FLOOR: (call) => {
    atMost(call, 1);
    return `floor(${argument(call, 0)})`;
  },
  ROUND: (call) => {
    atMost(call, 2);
    const digits = optional(call, 1);
    if (digits === undefined) return `round(${argument(call, 0)})`;
    // The engine rounds a decimal to tens and hundreds wrongly.
    const value = digits.startsWith('-') ? `CAST(${argument(call, 0)} AS DOUBLE)` : argument(call, 0);
    return `round(${value}, CAST(${digits} AS INTEGER))`;
  },
  TRUNC: (call) => {
    if (isText(call, 1) || (constant(call, 1) !== undefined && !/^\d+$/.test(constant(call, 1) ?? ''))) {
      throw unsupported('TRUNC of a date');
    }
    const digits = optional(call, 1);
    return digits === undefined
      ? `trunc(${argument(call, 0)})`
      : `trunc(${argument(call, 0)}, CAST(${digits} AS INTEGER))`;
  },
  BITAND: (call) => `((${argument(call, 0)}) & (${argument(call, 1)}))`,
  BITOR: (call) => `((${argument(call, 0)}) | (${argument(call, 1)}))`,
  SEQ4: () => '(row_number() OVER () - 1)',
  SEQ8: () => '(row_number() OVER () - 1)',
  UUID_STRING: (call) => {
    atMost(call, 0);
    return 'CAST(uuid() AS VARCHAR)';
  },
};
