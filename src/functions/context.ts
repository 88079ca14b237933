import type { TemplateFunction, YamlRendering } from '../core/index.ts';
import { HostObject, hostFunction, str, type Value } from '../jinja/index.ts';

/** Everything that a template can name, asked by name: `context['ref']`, `context.get('my_macro')`. */
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
    if (name === 'get') return hostFunction(name, (args) => this.getItem(args[0] ?? null) ?? args[1] ?? null);
    return this.getItem(name);
  }

  override getItem(key: Value): Value | undefined {
    return this.#rendering.scope.lookup(str(key));
  }

  override contains(item: Value): boolean {
    return this.getItem(item) !== undefined;
  }
}

const create = (rendering: YamlRendering): Value => new ContextValue(rendering);

/** `context['name']`: a function or macro whose name is worked out by the template. */
const context: TemplateFunction = { name: 'context', create, createForYaml: create };
export default context;
