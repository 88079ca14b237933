import type { Applicable, Environment } from './activation.ts';
import { callValue, plain } from './activation.ts';
import { GENERAL_FILTERS } from './filters/general.ts';
import { LIST_FILTERS } from './filters/list.ts';
import { NUMBER_FILTERS } from './filters/number.ts';
import { TEXT_FILTERS } from './filters/text.ts';
import { WEB_FILTERS } from './filters/web.ts';
import { GLOBALS } from './globals.ts';
import { NATIVE_FILTERS } from './native-filters.ts';
import { TESTS } from './tests.ts';
import type { Value } from './values.ts';

/** What an environment may add to Jinja's own. */
export interface EnvironmentOptions {
  /** More filters, or others in place of Jinja's: called with the value first. May be asynchronous. */
  readonly filters?: Readonly<Record<string, Value>>;
  /** More tests, called like filters. */
  readonly tests?: Readonly<Record<string, Value>>;
  /** Whether a macro written in a template can be called by name in that template. Default: false, as in dbt. */
  readonly localMacros?: boolean;
  /** dbt's native environment: `as_bool`, `as_number`, `as_native` and `as_text` mark values. Default: false. */
  readonly native?: boolean;
}

/** A host's function as a filter or test. */
function fromCallable(callee: Value): Applicable {
  return {
    apply(caller, at, value, args, kwargs) {
      const result = callValue(caller, at, callee, [value, ...args], kwargs);
      return result instanceof Promise ? result.then(plain) : plain(result);
    },
  };
}

/**
 * Makes an environment. Compiled code is kept in it, so make one and use it for every template of a run.
 */
export function createEnvironment(options: EnvironmentOptions = {}): Environment {
  const filters = new Map([...GENERAL_FILTERS, ...TEXT_FILTERS, ...LIST_FILTERS, ...NUMBER_FILTERS, ...WEB_FILTERS]);
  if (options.native) for (const [name, filter] of NATIVE_FILTERS) filters.set(name, filter);
  for (const [name, callee] of Object.entries(options.filters ?? {})) filters.set(name, fromCallable(callee));
  const tests = new Map(TESTS);
  tests.set('filter', { apply: (_caller, _at, value) => typeof value === 'string' && filters.has(value) });
  tests.set('test', { apply: (_caller, _at, value) => typeof value === 'string' && tests.has(value) });
  for (const [name, callee] of Object.entries(options.tests ?? {})) tests.set(name, fromCallable(callee));
  return { globals: GLOBALS, filters, tests, localMacros: options.localMacros ?? false, compiled: new WeakMap() };
}

/** dbt's environment, shared by everything that asks for nothing else. */
export const DBT_ENVIRONMENT: Environment = createEnvironment();
/** dbt's environment for YAML values. */
export const NATIVE_ENVIRONMENT: Environment = createEnvironment({ native: true });
