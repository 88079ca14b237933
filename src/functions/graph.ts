import { type GraphNode, nodeDict, type TemplateFunction } from '../core/index.ts';
import { Dict, type Value } from '../jinja/index.ts';

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
const sections = ['nodes', ...Object.keys(elsewhere)];
const notNodes = new Set(Object.values(elsewhere).flat());

/** One dict of ten thousand nodes serves all renderings of a run: what a template puts into it, the next one finds there. */
const known = new WeakMap<ReadonlyMap<string, GraphNode>, GraphDict>();

/** A dict whose sections are made when they are asked for. */
class GraphDict extends Dict {
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #unmade = new Set<Value>(sections);

  constructor(nodes: ReadonlyMap<string, GraphNode>) {
    super();
    this.#nodes = nodes;
    for (const name of sections) super.set(name, null);
  }

  override get(key: Value): Value | undefined {
    this.#make(key);
    return super.get(key);
  }

  override set(key: Value, value: Value): this {
    this.#unmade.delete(key);
    return super.set(key, value);
  }

  override values(): IterableIterator<Value> {
    this.#makeAll();
    return super.values();
  }

  override entries(): IterableIterator<[Value, Value]> {
    this.#makeAll();
    return super.entries();
  }

  override copy(): Dict {
    this.#makeAll();
    return super.copy();
  }

  #makeAll(): void {
    for (const name of sections) this.#make(name);
  }

  #make(name: Value): void {
    if (typeof name !== 'string' || !this.#unmade.delete(name) || !super.has(name)) return;
    const types = elsewhere[name];
    const nodes = [...this.#nodes.values()].filter(({ resource_type: type }) =>
      types ? types.includes(type) : !notNodes.has(type),
    );
    super.set(name, Dict.of(nodes.map((node) => [node.unique_id, nodeDict(node)])));
  }
}

function graphOf(nodes: ReadonlyMap<string, GraphNode>): GraphDict {
  let dict = known.get(nodes);
  if (dict === undefined) {
    dict = new GraphDict(nodes);
    known.set(nodes, dict);
  }
  return dict;
}

/** `graph.nodes`, `graph.sources`, `graph.exposures`…: everything in the project, by unique id. */
const graph: TemplateFunction = { name: 'graph', create: (rendering) => graphOf(rendering.graph().nodes) };
export default graph;
