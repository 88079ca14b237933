import type {
  CallArgument,
  FunctionCatalogue,
  FunctionColumn,
  FunctionParameter,
  NullRule,
  Signature,
  SqlFunction,
} from '../function-catalogue.ts';
import { type Bindings, type Match, matchPattern, substitute } from './matching.ts';
import type { Typed } from './rules.ts';
import { commonType } from './supertype.ts';
import { isUnknown, type SqlType, sameType, settledType, unknownType } from './type.ts';

/** A dialect with types and functions. */
export interface Callable extends Typed {
  readonly functions: FunctionCatalogue;
}

/** What is known of a call. */
export interface CallTyping {
  /** `unknown` for a function that is not built in. */
  readonly type: SqlType;
  /** Undefined for a function that is not built in. */
  readonly function?: SqlFunction;
  /** The signature that the arguments chose; undefined if none did. */
  readonly signature?: Signature;
  readonly nulls: NullRule;
  /** Of a table function whose columns are known. */
  readonly columns?: readonly FunctionColumn[];
  /** Why the warehouse refuses the call for certain. */
  readonly problem?: CallProblem;
}

export type CallProblem =
  | { readonly kind: 'arity'; readonly minimum: number; readonly maximum: number; readonly given: number }
  | { readonly kind: 'argument-name'; readonly name: string; readonly expected: readonly string[] }
  | { readonly kind: 'argument-type'; readonly index: number; readonly given: SqlType }
  | { readonly kind: 'date-part'; readonly index: number; readonly given: string };

/**
 * What comes of calling a built-in function with these arguments.
 *
 * @param name the function's own name, any letter case; one with a schema before it is the user's own
 * @param place some names are both a scalar and a table function: where the call stands
 */
export function typeOfCall(
  dialect: Callable,
  name: string,
  call: readonly CallArgument[],
  place: 'expression' | 'table' = 'expression',
): CallTyping {
  const all = dialect.functions.find(name);
  if (!all) return { type: unknownType, nulls: 'maybe' };
  const found = inPlace(all, place);
  const unclear: CallTyping = { type: unknownType, function: found, nulls: 'maybe' };
  if (call.some(({ star }) => star)) return starCall(unclear, found);
  const fitting = found.signatures.filter(({ minimum, maximum }) => call.length >= minimum && call.length <= maximum);
  if (fitting.length === 0) return { ...unclear, problem: arityProblem(found, call.length) };
  const tries = fitting.map((signature) => tryCall(signature, call, dialect));
  const possible = tries.filter(({ problem }) => problem === undefined);
  if (possible.length === 0) return { ...unclear, ...problemOf(tries) };
  return choose(found, possible, call, dialect);
}

function inPlace(all: SqlFunction, place: 'expression' | 'table'): SqlFunction {
  if (all.kinds.size === 1) return all;
  const signatures = all.signatures.filter(({ kind }) => (kind === 'table') === (place === 'table'));
  return signatures.length > 0 ? { ...all, signatures } : all;
}

/** `COUNT(*)`, `HASH(*)`: nobody counts arguments. */
function starCall(unclear: CallTyping, { signatures }: SqlFunction): CallTyping {
  const [signature, ...others] = signatures;
  if (!signature || others.length > 1 || signature.result.kind !== 'pattern') return unclear;
  return { ...unclear, type: substitute(signature.result.pattern, new Map()), signature, nulls: signature.nulls };
}

function arityProblem({ signatures }: SqlFunction, given: number): CallProblem {
  const minimum = Math.min(...signatures.map((signature) => signature.minimum));
  const maximum = Math.max(...signatures.map((signature) => signature.maximum));
  return { kind: 'arity', minimum, maximum, given };
}

interface Try {
  readonly signature: Signature;
  readonly bindings: Bindings;
  readonly cost: number;
  /** Whether every argument is known to fit. */
  readonly certain: boolean;
  readonly problem?: CallProblem;
}

function tryCall(signature: Signature, call: readonly CallArgument[], dialect: Callable): Try {
  const bindings: Bindings = new Map();
  let cost = 0;
  let certain = true;
  for (const [index, argument] of call.entries()) {
    const parameter = parameterFor(signature, argument, index);
    const problem = parameter ? undefined : nameProblem(signature, argument);
    if (problem) return { signature, bindings, cost, certain: false, problem };
    const match = parameter ? matchArgument(parameter, argument, dialect, bindings) : { answer: 'unknown', cost: 0 };
    if (match.answer === 'no')
      return { signature, bindings, cost, certain: false, problem: argumentProblem(argument, index, parameter) };
    cost += match.cost;
    certain &&= match.answer === 'yes' && (!isUnknown(argument.type) || isOpen(parameter));
  }
  return { signature, bindings, cost, certain };
}

/** Whether a parameter takes whatever comes. */
const isOpen = (parameter: FunctionParameter | undefined): boolean =>
  parameter !== undefined && ['any', 'date-part', 'lambda'].includes(parameter.accepts.kind);

function parameterFor(
  { parameters, repeats }: Signature,
  { name }: CallArgument,
  index: number,
): FunctionParameter | undefined {
  if (name !== undefined) return parameters.find((parameter) => parameter.name === name.toLowerCase());
  return parameters[index] ?? (repeats ? parameters.at(-1) : undefined);
}

function nameProblem({ parameters, repeats }: Signature, { name }: CallArgument): CallProblem | undefined {
  const expected = parameters.flatMap((parameter) => parameter.name ?? []);
  const open = repeats || name === undefined || expected.length < parameters.length;
  return open ? undefined : { kind: 'argument-name', name, expected };
}

function matchArgument(
  { accepts }: FunctionParameter,
  { type, constant, lambda }: CallArgument,
  { types, functions }: Callable,
  bindings: Bindings,
): Match {
  const isPart = constant === undefined || functions.dateParts.has(constant.toLowerCase());
  if (accepts.kind === 'date-part') return { answer: isPart ? 'yes' : 'no', cost: 0 };
  if (lambda) return { answer: accepts.kind === 'lambda' || accepts.kind === 'any' ? 'yes' : 'unknown', cost: 0 };
  return matchPattern(accepts, type, types, bindings);
}

const argumentProblem = (
  argument: CallArgument,
  index: number,
  parameter: FunctionParameter | undefined,
): CallProblem =>
  parameter?.accepts.kind === 'date-part'
    ? { kind: 'date-part', index, given: argument.constant ?? '' }
    : { kind: 'argument-type', index, given: argument.type };

/** The problem of the signature that came nearest: there the argument that fails stands furthest back. */
function problemOf(tries: readonly Try[]): { readonly problem?: CallProblem } {
  const problems = tries.flatMap(({ problem }) => problem ?? []);
  const place = (problem: CallProblem): number => ('index' in problem ? problem.index : -1);
  const [problem] = problems.sort((a, b) => place(b) - place(a));
  return problem ? { problem } : {};
}

/** The signatures that can be meant: one, if it is known, or all that are possible. */
function nearest(possible: readonly Try[], { types }: Callable): readonly Try[] {
  const least = Math.min(...possible.map(({ cost }) => cost));
  if (types.castCost)
    return possible.every(({ certain }) => certain) ? possible.filter(({ cost }) => cost === least) : possible;
  const sure = possible.find(({ certain }) => certain);
  return sure ? [sure] : possible;
}

/** The signature that fits best, or what several that fit as well agree on. */
function choose(
  found: SqlFunction,
  possible: readonly Try[],
  call: readonly CallArgument[],
  dialect: Callable,
): CallTyping {
  const best = possible.length === 1 ? possible : nearest(possible, dialect);
  const [first] = best;
  if (!first) return { type: unknownType, function: found, nulls: 'maybe' };
  const [result = unknownType, ...others] = best.map((attempt) => resultOf(attempt, call, dialect));
  const type = others.every((other) => sameType(other, result)) ? settledType(result) : unknownType;
  const { signature } = first;
  const typing = { type, function: found, signature, nulls: signature.nulls };
  return signature.columns ? { ...typing, columns: signature.columns } : typing;
}

function resultOf({ signature, bindings }: Try, call: readonly CallArgument[], dialect: Callable): SqlType {
  const { result } = signature;
  if (result.kind === 'pattern') return substitute(result.pattern, bindings);
  if (result.kind === 'same') return call[result.argument]?.type ?? unknownType;
  if (result.kind === 'computed') return result.compute(call);
  return (
    commonType(
      call.slice(result.from).map(({ type }) => type),
      dialect,
    ) ?? unknownType
  );
}
