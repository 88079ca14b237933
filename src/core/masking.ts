import type { JsonObject } from './json.ts';

/**
 * What becomes of the values of a column in a recorded sample, from that which tells most to that which tells least:
 *
 * - `keep`: they stay;
 * - `hash`: another value of the same type takes the place of each, the same for the same, so that keys still match;
 * - `redact`: one value of the type stands everywhere;
 * - `null`: nothing does.
 */
export const maskingRules = ['keep', 'hash', 'redact', 'null'] as const;

export type MaskingRule = (typeof maskingRules)[number];

/** Of two rules, the one that tells less. */
export function stricterRule(one: MaskingRule, other: MaskingRule): MaskingRule {
  return maskingRules.indexOf(one) < maskingRules.indexOf(other) ? other : one;
}

/** An entry of `masking:` in the project file: the columns that have the tag and all of the `meta`, or all columns. */
export interface ColumnMasking {
  readonly tag: string | undefined;
  readonly meta: JsonObject | undefined;
  readonly rule: MaskingRule;
}
