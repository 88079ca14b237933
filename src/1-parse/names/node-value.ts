import { type CodeNode, type Json, type JsonObject, jsonToValue } from '../../core/index.ts';
import { HostObject, hostFunction, str, type Value } from '../../jinja/index.ts';

/** A node as the macros that name relations see it: attributes under the manifest's names, made when they are read. */
export class NodeValue extends HostObject {
  readonly #node: CodeNode;

  constructor(node: CodeNode) {
    super();
    this.#node = node;
  }
  override get typeName(): string {
    return 'ModelNode';
  }
  override getAttribute(name: string): Value | undefined {
    if (name === 'config') return new ConfigValue(this.#node.config as unknown as JsonObject);
    if (name === 'identifier') return this.#node.alias;
    if (name === 'is_versioned') return this.getAttribute('version') !== null;
    if (name === 'origin' || !Object.hasOwn(this.#node, name)) return undefined;
    const value = (this.#node as unknown as Readonly<Record<string, unknown>>)[name];
    return value === undefined ? undefined : jsonToValue(value as Json);
  }
  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.getAttribute(key) : undefined;
  }
  override repr(): string {
    return `<ModelNode ${this.#node.unique_id}>`;
  }
}

/** Settings, as attributes and with `get`. */
class ConfigValue extends HostObject {
  readonly #config: JsonObject;

  constructor(config: JsonObject) {
    super();
    this.#config = config;
  }
  override get typeName(): string {
    return 'NodeConfig';
  }
  override getAttribute(name: string): Value | undefined {
    if (name === 'get') {
      return hostFunction('get', (args) => {
        const value = this.#config[str(args[0] ?? null)];
        return value === undefined || value === null ? (args[1] ?? null) : jsonToValue(value);
      });
    }
    // `pre_hook` is written `pre-hook` in the settings.
    const value = this.#config[name] ?? this.#config[name.replace('_', '-')];
    return value === undefined ? undefined : jsonToValue(value);
  }
  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.getAttribute(key) : undefined;
  }
  override iterate(): Iterable<Value> {
    return Object.keys(this.#config);
  }
  override contains(item: Value): boolean {
    return typeof item === 'string' && item in this.#config;
  }
}
