import type { CallArgument } from '../function-catalogue.ts';
import type { Callable } from './calls.ts';
import { type SqlType, unknownType, variantType } from './type.ts';

/**
 * The types of a lambda's parameters for the argument at an index: a list's elements, and before them what was gathered
 * so far where the function reduces a list. Parameters beyond those are not known.
 */
export function lambdaParameterTypes(
  dialect: Callable,
  name: string,
  call: readonly CallArgument[],
  index: number,
): readonly SqlType[] {
  const known = dialect.functions.find(name);
  const list = call.find(({ type }) => type.kind === 'array')?.type;
  const takesLambda = known?.signatures.some(({ parameters }) => parameters[index]?.accepts.kind === 'lambda');
  if (!takesLambda || list?.kind !== 'array') return [];
  const element = list.element ?? variantType;
  return /reduce|aggregate/.test(known?.name ?? '') ? [unknownType, element] : [element];
}
