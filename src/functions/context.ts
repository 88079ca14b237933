import type { TemplateFunction, YamlRendering } from '../core/index.ts';
import {
  bindArguments,
  Dict,
  DictView,
  getAttribute,
  HostObject,
  hostFunction,
  str,
  TemplateError,
  updateDict,
  type Value,
} from '../jinja/index.ts';

/**
 * Everything that a template can name, asked by name: `context['ref']`, `context.get('my_macro')`. With `update` and
 * `setdefault` macros keep something for those that are called later in the same rendering.
 */
class ContextValue extends HostObject {
  readonly #rendering: YamlRendering;

  constructor(rendering: YamlRendering) {
    super();
    this.#rendering = rendering;
  }

  override get typeName(): string {
    return 'dict';
  }

  override truthy(): boolean {
    return true;
  }

  override get isMapping(): boolean {
    return true;
  }

  override iterate(): Iterable<Value> {
    return this.#names();
  }

  override length(): number {
    return this.#names().length;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'get':
        return hostFunction(name, ([key = null, fallback = null]) => orElse(this.getItem(key), () => fallback));
      case 'setdefault':
        return hostFunction(name, ([key = null, value = null]) =>
          orElse(this.getItem(key), () => this.#define(key, value)),
        );
      case 'update':
        return hostFunction(name, (args, kwargs) => {
          const added = new Dict();
          const [other, named] = bindArguments(name, ['other=', '**named'], args, kwargs);
          updateDict(added, other, named);
          for (const [key, value] of added.entries()) this.#define(key, value);
          return null;
        });
      case 'keys':
        return hostFunction(name, () => new DictView(Dict.of(this.#names().map((key) => [key, null])), name));
      case 'values':
      case 'items':
      case 'copy':
        return getAttribute(this.#dict(), name);
      default:
        return this.getItem(name);
    }
  }

  override getItem(key: Value): Value | undefined {
    return this.#rendering.scope.lookup(str(key));
  }

  override contains(item: Value): boolean {
    return this.getItem(item) !== undefined;
  }

  #names(): readonly string[] {
    return [...(this.#rendering.scope.known?.() ?? [])];
  }

  /** What the names mean now. What can only be asked elsewhere is left out: `partition` in a model without partitions. */
  #dict(): Dict {
    const found = this.#names().flatMap((name): [Value, Value][] => {
      const value = this.#meaningOf(name);
      return value === undefined ? [] : [[name, value]];
    });
    return Dict.of(found);
  }

  #meaningOf(name: string): Value | undefined {
    try {
      return this.#rendering.scope.lookup(name);
    } catch (failure) {
      if (failure instanceof TemplateError) return undefined;
      throw failure;
    }
  }

  #define(key: Value, value: Value): Value {
    this.#rendering.scope.define?.(str(key), value);
    return value;
  }
}

/** `None` is something. */
const orElse = (value: Value | undefined, otherwise: () => Value): Value => (value === undefined ? otherwise() : value);

const create = (rendering: YamlRendering): Value => new ContextValue(rendering);

/** `context['name']`: a function or macro whose name is worked out by the template. */
const context: TemplateFunction = { name: 'context', create, createForYaml: create };
export default context;
