import { type CodeNode, type GraphNode, type Json, type JsonObject, jsonToValue, nodeDict } from '../../core/index.ts';
import { HostObject, hostFunction, str, type Value } from '../../jinja/index.ts';

/** A node as macros that name relations and the results of a run have it: the manifest's names as attributes, and `to_dict()`. */
export class NodeValue extends HostObject {
  readonly #node: GraphNode | CodeNode;

  constructor(node: GraphNode | CodeNode) {
    super();
    this.#node = node;
  }
  override get typeName(): string {
    return 'ModelNode';
  }
  override getAttribute(name: string): Value | undefined {
    if (name === 'config')
      return new ConfigValue(('config' in this.#node ? this.#node.config : {}) as unknown as JsonObject);
    if (name === 'to_dict') return hostFunction(name, () => nodeDict(this.#node));
    if (name === 'identifier' && 'alias' in this.#node) return this.#node.alias;
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

/** Settings, as attributes and with `get`. As in dbt, one that is not there is none. */
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
    if (name === 'to_dict') return hostFunction(name, () => jsonToValue(this.#config));
    // `pre_hook` is written `pre-hook` in the settings.
    const value = this.#config[Object.hasOwn(this.#config, name) ? name : name.replace('_', '-')];
    return value === undefined ? null : jsonToValue(value);
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
