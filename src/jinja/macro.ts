import { Activation, Invocable } from './activation.ts';
import { reads } from './codegen/collect.ts';
import { compileMacro } from './codegen/compile.ts';
import type { Rope } from './map.ts';
import { bindMacro } from './signature.ts';
import type { Definition } from './template.ts';
import type { Scope, Value } from './values.ts';
import { hostFunction, Tuple } from './values.ts';

/** Chooses the scope in which a macro runs, given that of the render that calls it. */
export type ResolveScope = (rendering: Scope) => Scope;

/**
 * A macro (or generic test, or materialization) as a value that templates call.
 *
 * Its free names are looked up in the scope of the render that is calling it, so that it sees the model being rendered
 * and the macros of other files. Its code is made when it is first called.
 */
export class Macro extends Invocable {
  readonly definition: Definition;
  private readonly resolveScope: ResolveScope | undefined;

  constructor(definition: Definition, resolveScope?: ResolveScope) {
    super();
    this.definition = definition;
    this.resolveScope = resolveScope;
  }

  get name(): string {
    return this.definition.fullName;
  }

  /** Whether it takes an argument of this name: its code may read `kwargs`, and then it takes any. */
  takes(argument: string): boolean {
    const { arguments: own, node } = this.definition;
    return own.some(({ name }) => name === argument) || reads(node.body, 'kwargs');
  }

  override get typeName(): string {
    return 'Macro';
  }

  override invoke(
    caller: Activation,
    at: number,
    args: Value[],
    kwargs: Map<string, Value> | undefined,
  ): Value | Rope | Promise<Value | Rope> {
    const { state } = caller;
    const { source, node } = this.definition;
    const compiled = compileMacro(source, node, state.environment, {
      async: state.mode === 'async',
      mapped: state.mapped,
    });
    const scope = this.resolveScope === undefined ? caller.scope : this.resolveScope(caller.scope);
    const bound = bindMacro(this.name, compiled.signature!, args, kwargs);
    return compiled.run(new Activation(state, scope, compiled.unit, this.name, caller, at), bound);
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'name') return this.name;
    // Packages of dbt's use this to get at a macro without dbt's wrapper, of which there is none here.
    if (name === 'get_macro') return hostFunction('get_macro', () => this);
    return name === 'arguments' ? new Tuple(this.definition.arguments.map((argument) => argument.name)) : undefined;
  }

  override repr(): string {
    return `<Macro '${this.name}'>`;
  }
}

/**
 * Makes a callable macro of a definition that `parseTemplate` found.
 *
 * @param resolveScope binds the macro to a scope of the host's choice. Default: the scope of the calling render.
 */
export function makeMacro(definition: Definition, resolveScope?: ResolveScope): Macro {
  return new Macro(definition, resolveScope);
}
