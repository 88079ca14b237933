import { type GraphNode, nodeDict, type RenderingGraph, type TemplateFunction } from '../core/index.ts';
import { Dict, HostObject, hostFunction, str, type Value } from '../jinja/index.ts';

const elsewhere: Readonly<Record<string, readonly string[]>> = {
  sources: ['source'],
  exposures: ['exposure'],
  metrics: ['metric'],
  semantic_models: ['semantic_model'],
  saved_queries: ['saved_query'],
  groups: ['group'],
  functions: ['function'],
  unit_tests: ['unit_test'],
};
const notNodes = new Set(Object.values(elsewhere).flat());

/** One dict of ten thousand nodes serves all renderings of a run. */
const known = new WeakMap<ReadonlyMap<string, GraphNode>, Map<string, Dict>>();

class GraphValue extends HostObject {
  readonly #nodes: ReadonlyMap<string, GraphNode>;

  constructor(graph: RenderingGraph) {
    super();
    this.#nodes = graph.nodes;
  }

  override get typeName(): string {
    return 'dict';
  }

  override truthy(): boolean {
    return true;
  }

  override iterate(): Iterable<Value> {
    return ['nodes', ...Object.keys(elsewhere)];
  }

  override contains(item: Value): boolean {
    return item === 'nodes' || (typeof item === 'string' && Object.hasOwn(elsewhere, item));
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' && this.contains(key) ? this.#section(key) : undefined;
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'get') return hostFunction(name, (args) => this.getItem(str(args[0] ?? null)) ?? args[1] ?? null);
    if (name === 'keys') return hostFunction(name, () => [...this.iterate()]);
    return this.getItem(name);
  }

  #section(name: string): Dict {
    let sections = known.get(this.#nodes);
    if (sections === undefined) {
      sections = new Map();
      known.set(this.#nodes, sections);
    }
    let section = sections.get(name);
    if (section === undefined) {
      const types = elsewhere[name];
      const nodes = [...this.#nodes.values()].filter(({ resource_type: type }) =>
        types ? types.includes(type) : !notNodes.has(type),
      );
      section = Dict.of(nodes.map((node) => [node.unique_id, nodeDict(node)]));
      sections.set(name, section);
    }
    return section;
  }
}

/** `graph.nodes`, `graph.sources`, `graph.exposures`…: everything in the project, by unique id. */
const graph: TemplateFunction = { name: 'graph', create: (rendering) => new GraphValue(rendering.graph()) };
export default graph;
