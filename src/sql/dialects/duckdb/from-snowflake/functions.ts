import { identifier, nowhere } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Argument, Call, Expression } from '../../../tree.ts';
import { type Wanted, want } from './coercion.ts';
import { macro } from './macro.ts';

/** What becomes of a call of one function. */
export type FunctionRule = (node: Call, translation: Translation) => Expression;

export type FunctionRules = Readonly<Record<string, FunctionRule>>;

/** The arguments as they were read; a query in one is reported, and left out. */
export function argumentsOf(node: Call, translation: Translation): Expression[] {
  return node.arguments.flatMap(({ value, prefix }: Argument): Expression[] => {
    if (value.kind === 'query' || prefix !== undefined) {
      translation.refuse(node, `${title(node)} with such an argument`);
      return [];
    }
    return [value];
  });
}

/** Its arguments, but for queries: where no rule says what to do with them. */
export const valuesOf = (node: Call): Expression[] =>
  node.arguments.flatMap(({ value }) => (value.kind === 'query' ? [] : [value]));

export const title = (node: Call): string => (node.name.parts.at(-1)?.text ?? '').toUpperCase();

/** The number of a literal, also with a sign; undefined for anything else. */
export function constantNumber(node: Expression | undefined): number | undefined {
  if (node?.kind === 'number') return Number(node.text);
  if (node?.kind === 'parenthesized') return constantNumber(node.expression);
  if (node?.kind !== 'unary' || node.operator !== '-') return undefined;
  const value = constantNumber(node.operand);
  return value === undefined ? undefined : -value;
}

/** The text of a literal, or the word that stands there: `'month'`, `month`. */
export function constantText(node: Expression | undefined): string | undefined {
  if (node?.kind === 'string') return node.value;
  return node?.kind === 'column' && node.parts.length === 1 ? node.parts[0]!.text : undefined;
}

/** Reports a call that has no translation, and keeps it, so that the rest of the statement is looked at too. */
export function refuseCall(node: Call, translation: Translation, what = title(node), hint?: string): Expression {
  translation.refuse(node, what, hint);
  return node;
}

interface Shape {
  /** How many arguments are needed; all if left out. */
  readonly least?: number;
  /** What missing arguments are. */
  readonly defaults?: readonly (Expression | undefined)[];
}

/** A function, or macro, that takes the same arguments in the same order. */
export function same(called: string, wanted: readonly Wanted[], { least = wanted.length, defaults = [] }: Shape = {}) {
  return (node: Call, translation: Translation): Expression => {
    const given = argumentsOf(node, translation);
    if (given.length < least || given.length > wanted.length)
      return refuseCall(
        node,
        translation,
        `${title(node)} with ${given.length} argument${given.length === 1 ? '' : 's'}`,
      );
    const made = given.map((argument, index) => want(argument, wanted[index]!, translation));
    const rest = defaults.slice(made.length).filter((value) => value !== undefined);
    return macro(called, ...made, ...rest);
  };
}

/** The same call with another name, where arguments need nothing: an aggregate with its DISTINCT, FILTER and OVER. */
export function renamed(node: Call, called: string, values: readonly Expression[], translation: Translation): Call {
  const { over, filter, distinct, nulls } = node;
  return {
    kind: 'call',
    name: { kind: 'name', parts: [identifier(called)], ...nowhere },
    arguments: values.map((value) => ({ value, ...nowhere })),
    ...(distinct ? { distinct } : {}),
    ...(filter ? { filter: translation.expression(filter) } : {}),
    ...(nulls ? { nulls } : {}),
    ...(over ? { over: translation.parts({ over }).over } : {}),
    ...nowhere,
  };
}
