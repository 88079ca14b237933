import {
  type Json,
  type JsonObject,
  jsonToValue,
  type Rendering,
  type TemplateFunction,
  valueToJson,
} from '../core/index.ts';
import {
  bindArguments,
  type CallSite,
  Dict,
  HostObject,
  hostFunction,
  str,
  TemplateError,
  Tuple,
  Undefined,
  type Value,
} from '../jinja/index.ts';

/** Hooks have two spellings: that of templates, and that of YAML. */
const hookNames: Readonly<Record<string, string>> = { pre_hook: 'pre-hook', post_hook: 'post-hook' };

/** dbt's `config`: called to set, with methods to read. While parsing nothing can be read yet. */
class ConfigFunction extends HostObject {
  readonly #rendering: Rendering;

  constructor(rendering: Rendering) {
    super();
    this.#rendering = rendering;
  }

  override get typeName(): string {
    return 'Config';
  }

  override get callable(): boolean {
    return true;
  }

  override call(args: Value[], kwargs: Map<string, Value>, site: CallSite): Value {
    if (this.#isParsing) this.#rendering.setConfig(settingsOf(args, kwargs), site);
    return '';
  }

  get #isParsing(): boolean {
    return this.#rendering.phase === 'parse';
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'get':
        return this.#getter(name, (key) => this.#setting(key));
      case 'meta_get':
        return this.#getter(name, (key) => this.#meta(key));
      case 'require':
        return this.#required(name, (key) => this.#setting(key));
      case 'meta_require':
        return this.#required(name, (key) => this.#meta(key));
      case 'set':
        return hostFunction(name, (args, kwargs, site) => {
          const [key, value] = bindArguments(name, ['name', 'value'], args, kwargs);
          return this.call([Dict.of([[key ?? null, value ?? null]])], new Map(), site);
        });
      case 'persist_relation_docs':
        return hostFunction(name, () => this.#persists('relation'));
      case 'persist_column_docs':
        return hostFunction(name, () => this.#persists('columns'));
      default:
        return undefined;
    }
  }

  #getter(name: string, find: (key: string) => Json | undefined): Value {
    return hostFunction(name, (args, kwargs) => {
      const [key, fallback] = bindArguments(name, ['name', 'default=', 'validator='], args, kwargs);
      if (this.#isParsing) return '';
      const value = find(str(key ?? null));
      return value === undefined ? (fallback ?? null) : jsonToValue(value);
    });
  }

  #required(name: string, find: (key: string) => Json | undefined): Value {
    return hostFunction(name, (args, kwargs) => {
      const [key] = bindArguments(name, ['name', 'validator='], args, kwargs);
      if (this.#isParsing) return '';
      const value = find(str(key ?? null));
      if (value !== undefined) return jsonToValue(value);
      const owner = this.#rendering.node?.unique_id ?? 'this node';
      throw new TemplateError(`The setting '${str(key ?? null)}' is required, but ${owner} does not have it`);
    });
  }

  #setting(key: string): Json | undefined {
    return this.#rendering.getConfig(hookNames[key] ?? key);
  }

  #meta(key: string): Json | undefined {
    const meta = this.#rendering.getConfig('meta');
    if (meta === null || typeof meta !== 'object' || Array.isArray(meta)) return undefined;
    return Object.hasOwn(meta, key) ? (meta as JsonObject)[key] : undefined;
  }

  #persists(what: 'relation' | 'columns'): Value {
    if (this.#isParsing) return false;
    const settings = this.#rendering.getConfig('persist_docs') ?? {};
    if (settings === null || typeof settings !== 'object' || Array.isArray(settings)) {
      throw new TemplateError("Invalid value provided for 'persist_docs': expected a dict");
    }
    return jsonToValue((settings as JsonObject)[what] ?? false);
  }
}

function settingsOf(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): JsonObject {
  const [first] = args;
  if (args.length === 1 && first instanceof Dict && kwargs.size === 0) return hyphenated(first);
  if (args.length === 0 && kwargs.size > 0) return hyphenated(Dict.of(kwargs));
  throw new TemplateError('config() takes either keyword arguments or one dict');
}

/** A name that nothing stands behind is a text without its quotes, mostly. Empty, it would be as if the setting was not there. */
function refuseUndefined(settings: Dict): void {
  for (const [key, value] of settings.entries()) {
    const found = undefinedIn(value);
    if (!found) continue;
    const hint = /^\w+$/.test(found.name ?? '') ? `If a text is meant, put it in quotes: '${found.name}'` : undefined;
    throw new TemplateError(`config() cannot set '${str(key)}': ${found.message}`, 'CompilationError', { hint });
  }
}

function undefinedIn(value: Value): Undefined | undefined {
  if (value instanceof Undefined) return value;
  for (const item of membersOf(value)) {
    const found = undefinedIn(item);
    if (found) return found;
  }
  return undefined;
}

function membersOf(value: Value): Iterable<Value> {
  if (value instanceof Dict) return value.values();
  if (value instanceof Tuple) return value.items;
  return Array.isArray(value) ? value : [];
}

function hyphenated(settings: Dict): JsonObject {
  refuseUndefined(settings);
  for (const [name, now] of Object.entries(hookNames)) {
    const hook = settings.get(name);
    if (hook === undefined) continue;
    if (settings.has(now)) throw new TemplateError(`config() has the same key twice: '${name}' and '${now}'`);
    settings.delete(name);
    settings.set(now, hook);
  }
  return valueToJson(settings) as JsonObject;
}

/** `config(materialized='table', …)`, `config.get('x', default)`, `config.require('x')`. */
const config: TemplateFunction = { name: 'config', create: (rendering) => new ConfigFunction(rendering) };
export default config;
