import { type GraphNode, type GroupNode, nodeDict, type RenderingGraph, type TemplateFunction } from '../core/index.ts';
import { Dict, type Value } from '../jinja/index.ts';

const elsewhere: Readonly<Record<string, readonly string[]>> = {
  sources: ['source'],
  exposures: ['exposure'],
  metrics: ['metric'],
  semantic_models: ['semantic_model'],
  saved_queries: ['saved_query'],
  functions: ['function'],
  unit_tests: ['unit_test'],
};
const sections = ['nodes', 'groups', ...Object.keys(elsewhere)];
const notNodes = new Set(Object.values(elsewhere).flat());

/** One dict of ten thousand nodes serves all renderings of a run: what a template puts into it, the next one finds there. */
const known = new WeakMap<ReadonlyMap<string, GraphNode>, GraphDict>();

/** A dict whose sections are made when they are asked for. */
class GraphDict extends Dict {
  readonly #graph: RenderingGraph;
  readonly #unmade = new Set<Value>(sections);

  constructor(graph: RenderingGraph) {
    super();
    this.#graph = graph;
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
    super.set(name, Dict.of(this.#membersOf(name).map((node) => [node.unique_id, nodeDict(node)])));
  }

  #membersOf(name: string): readonly (GraphNode | GroupNode)[] {
    const { nodes, groups } = this.#graph;
    if (name === 'groups') return [...(groups?.values() ?? [])];
    const types = elsewhere[name];
    return [...nodes.values()].filter(({ resource_type: type }) =>
      types ? types.includes(type) : !notNodes.has(type),
    );
  }
}

function graphOf(graph: RenderingGraph): GraphDict {
  let dict = known.get(graph.nodes);
  if (dict === undefined) {
    dict = new GraphDict(graph);
    known.set(graph.nodes, dict);
  }
  return dict;
}

/** `graph.nodes`, `graph.sources`, `graph.exposures`…: everything in the project, by unique id. */
const graph: TemplateFunction = { name: 'graph', create: (rendering) => graphOf(rendering.graph()) };
export default graph;
