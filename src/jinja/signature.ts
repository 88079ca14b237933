import { TemplateError } from './errors.ts';
import type { Value } from './values.ts';
import { Dict, Tuple, Undefined } from './values.ts';

/** The parameters of a macro, and which of the special names its body reads. */
export interface MacroSignature {
  readonly parameters: readonly string[];
  readonly caller: boolean;
  readonly kwargs: boolean;
  readonly varargs: boolean;
}

/**
 * Binds the arguments of a macro by Jinja's rules: parameters by place or name (undefined where the default applies),
 * then `caller`, `kwargs` and `varargs` if the body reads them.
 *
 * @throws TemplateError (TypeError) for arguments that nothing takes.
 */
export function bindMacro(
  name: string,
  signature: MacroSignature,
  args: readonly Value[],
  kwargs: ReadonlyMap<string, Value> | undefined,
): (Value | undefined)[] {
  const { parameters } = signature;
  const bound: (Value | undefined)[] = [];
  const rest = kwargs === undefined ? undefined : new Map(kwargs);
  for (const [index, parameter] of parameters.entries()) {
    if (index < args.length) bound.push(args[index]);
    else {
      bound.push(rest?.get(parameter));
      rest?.delete(parameter);
    }
  }
  if (signature.caller) {
    bound.push(rest?.get('caller') ?? new Undefined('caller', { hint: 'No caller defined' }));
    rest?.delete('caller');
  }
  if (signature.kwargs) bound.push(rest === undefined ? new Dict() : Dict.of(rest));
  else if (rest !== undefined && rest.size > 0) unexpected(name, parameters, rest);
  if (signature.varargs) bound.push(new Tuple(args.slice(parameters.length)));
  else if (args.length > parameters.length) {
    throw new TemplateError(`macro '${name}' takes not more than ${parameters.length} argument(s)`, 'TypeError');
  }
  return bound;
}

function unexpected(name: string, parameters: readonly string[], rest: ReadonlyMap<string, Value>): never {
  if (rest.has('caller')) {
    const text = `macro '${name}' was invoked with two values for the special caller argument. This is most likely a bug.`;
    throw new TemplateError(text, 'TypeError');
  }
  throw new TemplateError(`macro '${name}' takes no keyword argument '${rest.keys().next().value}'`, 'TypeError', {
    hint: `It takes ${parameters.join(', ') || 'none'}`,
  });
}
