import { SqlError, unsupported } from '../../errors.ts';
import { expressionOf } from '../expression.ts';
import type { Scope } from '../names.ts';
import { firstToken, type Group, type Node, splitByComma } from '../nodes.ts';
import type { Token } from '../tokens.ts';

/** A function's call while it is translated; arguments are translated when a rule asks for them. */
export interface Call {
  readonly name: string;
  readonly token: Token;
  readonly group: Group | undefined;
  readonly parts: readonly (readonly Node[])[];
  readonly scope: Scope;
  /** `within group (order by …)`: the order, translated. */
  readonly order: string | undefined;
  /** ` OVER (…)`, or nothing. */
  readonly over: string;
  readonly distinct: boolean;
}

/** How a call is written for the engine. */
export type Rule = (call: Call) => string;

/** Argument number `index`, translated; an error when it is missing. */
export function argument(call: Call, index: number): string {
  const part = call.parts[index];
  if (!part) throw wrongArguments(call);
  return expressionOf(part, call.scope);
}

export const optional = (call: Call, index: number): string | undefined =>
  call.parts[index] ? argument(call, index) : undefined;

export const allArguments = (call: Call): string[] => call.parts.map((part) => expressionOf(part, call.scope));

/** The argument must not be there: what it means is not imitated. */
export function atMost(call: Call, count: number): void {
  if (call.parts.length > count) throw unsupported(`${call.name} with ${call.parts.length} arguments`);
}

/** A literal argument: a date part, a format. */
export function constant(call: Call, index: number): string | undefined {
  const [only, ...more] = call.parts[index] ?? [];
  if (!only || more.length > 0 || only.kind === 'group') return undefined;
  return only.kind === 'string' || only.kind === 'word' || only.kind === 'number' ? only.value : undefined;
}

export const isText = (call: Call, index: number): boolean =>
  call.parts[index]?.length === 1 && call.parts[index]?.[0]?.kind === 'string';

/** Splitting by nothing means something else to the engine. */
export function withDelimiter(call: Call): void {
  if (isText(call, 1) && constant(call, 1) === '') throw unsupported(`${call.name} by an empty text`);
}

function wrongArguments(call: Call): SqlError {
  const place = firstToken(call.token).place;
  return new SqlError(
    '000938',
    '22023',
    `SQL compilation error: error line ${place.line} at position ${place.position}\n` +
      `not enough arguments for function [${call.name}(...)]`,
    place,
  );
}

/** The arguments of a call, without DISTINCT before them. */
export function partsOf(group: Group | undefined): { distinct: boolean; parts: Node[][] } {
  const [first, ...rest] = group?.children ?? [];
  const distinct = first?.kind === 'word' && first.value === 'DISTINCT';
  return { distinct, parts: splitByComma(distinct ? rest : (group?.children ?? [])) };
}
