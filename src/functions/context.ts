import type { TemplateFunction, YamlRendering } from '../core/index.ts';
import { bindArguments, Dict, HostObject, hostFunction, str, updateDict, type Value } from '../jinja/index.ts';

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
