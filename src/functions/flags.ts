import type { TemplateFunction, YamlEnvironment, YamlRendering } from '../core/index.ts';
import { Dict, fromJs, HostObject, hostFunction, str, type Value } from '../jinja/index.ts';

/** dbt's flags, with their defaults where nobody said otherwise. */
const defaults: Readonly<Record<string, Value>> = {
  CACHE_SELECTED_ONLY: false,
  DEBUG: false,
  DEFER: false,
  FAVOR_STATE: false,
  INDIRECT_SELECTION: 'eager',
  INTROSPECT: true,
  LOG_CACHE_EVENTS: false,
  LOG_FORMAT: 'default',
  LOG_LEVEL: 'info',
  NO_PRINT: null,
  PARTIAL_PARSE: true,
  POPULATE_CACHE: true,
  PRINT: true,
  QUIET: false,
  SEND_ANONYMOUS_USAGE_STATS: false,
  STATIC_PARSER: true,
  USE_COLORS: true,
  VERSION_CHECK: true,
  WRITE_JSON: true,
};

/** All flags of a command by dbt's upper-case names. */
export function flagValues(environment: YamlEnvironment): ReadonlyMap<string, Value> {
  const { flags } = environment;
  return new Map<string, Value>([
    ...Object.entries(defaults),
    ['WHICH', flags.which],
    ['FULL_REFRESH', flags.fullRefresh],
    ['FAIL_FAST', flags.failFast],
    ['STORE_FAILURES', flags.storeFailures],
    ['EMPTY', flags.empty],
    ['WARN_ERROR', flags.warnError],
    ['VARS', fromJs(environment.vars)],
    ...Object.entries(flags.others).map(([name, value]) => [name.toUpperCase(), fromJs(value)] as const),
  ]);
}

class FlagsValue extends HostObject {
  readonly #values: ReadonlyMap<string, Value>;

  constructor(values: ReadonlyMap<string, Value>) {
    super();
    this.#values = values;
  }

  override get typeName(): string {
    return 'Flags';
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'get') {
      return hostFunction(name, ([key = null, fallback = null]) => {
        const found = this.#find(str(key));
        return found === undefined ? fallback : found;
      });
    }
    return this.#find(name);
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.#find(key) : undefined;
  }

  override toJs(): unknown {
    return Dict.of(this.#values);
  }

  #find(name: string): Value | undefined {
    return this.#values.get(this.#values.has(name) ? name : name.toUpperCase());
  }
}

const create = (rendering: YamlRendering): Value => new FlagsValue(flagValues(rendering.environment));

/** `flags.FULL_REFRESH`, `flags.WHICH`…: options of the command. */
const flags: TemplateFunction = { name: 'flags', create, createForYaml: create };
export default flags;
