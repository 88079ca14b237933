import type { Environment, RenderState } from './activation.ts';
import { Activation, asTemplateError, callValue, DEFAULT_MAX_DEPTH, plain, Site } from './activation.ts';
import { compileTemplate } from './codegen/compile.ts';
import { DBT_ENVIRONMENT } from './environment.ts';
import type { Segment } from './map.ts';
import { Rope } from './map.ts';
import type { Template } from './template.ts';
import type { CallSite, Scope, Value } from './values.ts';

/** How a template is rendered. */
export interface RenderOptions {
  /** Where names come from that the template does not define itself. Default: nothing but Jinja's globals. */
  readonly scope?: Scope | ReadonlyMap<string, Value> | undefined;
  /** Filters, tests and globals. Default: dbt's. */
  readonly environment?: Environment | undefined;
  /** How deep macro calls may nest. Default: 910, which the stack of every version of Node holds. */
  readonly maxDepth?: number | undefined;
  /** A number from 0 to below 1, for the `random` filter, which fails without it. Default: the scope's. */
  readonly random?: (() => number) | undefined;
  /** dbt's parsing mode: attributes, items and calls of undefined values give undefined. Default: false. */
  readonly lenient?: boolean | undefined;
}

/** Rendered text with its map. */
export interface MappedText {
  readonly text: string;
  readonly segments: readonly Segment[];
}

export function asScope(scope: RenderOptions['scope']): Scope {
  if (scope === undefined) return { lookup: () => undefined };
  return 'lookup' in scope ? scope : { lookup: (name) => scope.get(name) };
}

/** The state of a new render. */
export function stateOf(options: RenderOptions, mode: 'sync' | 'async', mapped: boolean): RenderState {
  const { environment = DBT_ENVIRONMENT, maxDepth = DEFAULT_MAX_DEPTH, lenient = false } = options;
  const random = options.random ?? asScope(options.scope).random;
  return { environment, mode, mapped, lenient, maxDepth, random };
}

function start(
  template: Template,
  options: RenderOptions,
  mode: 'sync' | 'async',
  mapped: boolean,
): string | Rope | Promise<string | Rope> {
  const state = stateOf(options, mode, mapped);
  const compiled = compileTemplate(template, state.environment, { async: mode === 'async', mapped });
  return compiled.run(new Activation(state, asScope(options.scope), compiled.unit), []);
}

/**
 * Renders a template without waiting for anything.
 *
 * @throws TemplateError, also when a host function returns a Promise.
 */
export function renderTemplate(template: Template, options: RenderOptions = {}): string {
  return start(template, options, 'sync', false) as string;
}

/** Renders a template, waiting for host functions that return a Promise. Rejects with a TemplateError. */
export async function renderTemplateAsync(template: Template, options: RenderOptions = {}): Promise<string> {
  return (await start(template, options, 'async', false)) as string;
}

/** As `renderTemplate`, with the map from every span of the output to its place in the templates. */
export function renderMapped(template: Template, options: RenderOptions = {}): MappedText {
  return start(template, options, 'sync', true) as Rope;
}

/** As `renderTemplateAsync`, with the map. */
export async function renderMappedAsync(template: Template, options: RenderOptions = {}): Promise<MappedText> {
  return (await start(template, options, 'async', true)) as Rope;
}

/** How a host calls a macro. */
export interface CallOptions extends RenderOptions {
  /** The call site that a host function got: the macro then belongs to that render, and its errors show the chain. */
  readonly site?: CallSite | undefined;
  readonly kwargs?: Map<string, Value> | undefined;
}

function invoke(
  callee: Value,
  args: Value[],
  options: CallOptions,
  mode: 'sync' | 'async',
  mapped: boolean,
): Value | Rope | Promise<Value | Rope> {
  try {
    const { site } = options;
    if (site instanceof Site) {
      const { activation, at } = site;
      const scope = options.scope === undefined ? activation.scope : asScope(options.scope);
      const state = {
        ...activation.state,
        mode,
        mapped,
        environment: options.environment ?? activation.state.environment,
      };
      const caller = new Activation(state, scope, activation.unit, activation.name, activation.parent, activation.at);
      return callValue(caller, at, callee, args, options.kwargs);
    }
    return callValue(
      new Activation(stateOf(options, mode, mapped), asScope(options.scope), undefined),
      0,
      callee,
      args,
      options.kwargs,
    );
  } catch (error) {
    throw asTemplateError(error);
  }
}

/**
 * Calls a macro (or any callable value) from the host, without waiting: `callMacro(macro, args, { scope })`.
 *
 * @returns what the macro gave to `return()`, else its text.
 * @throws TemplateError.
 */
export function callMacro(callee: Value, args: Value[] = [], options: CallOptions = {}): Value {
  return plain(invoke(callee, args, options, 'sync', false) as Value | Rope);
}

/** As `callMacro`, waiting where a host function returns a Promise. */
export async function callMacroAsync(callee: Value, args: Value[] = [], options: CallOptions = {}): Promise<Value> {
  return plain(await invoke(callee, args, options, 'async', false));
}

/** As `callMacroAsync`, with the map of the macro's text; a value given to `return()` comes without one. */
export async function callMacroMapped(
  callee: Value,
  args: Value[] = [],
  options: CallOptions = {},
): Promise<Value | MappedText> {
  return await invoke(callee, args, options, 'async', true);
}

/** Whether a result of `callMacroMapped` is text with a map. */
export function isMappedText(result: unknown): result is MappedText {
  return result instanceof Rope;
}
