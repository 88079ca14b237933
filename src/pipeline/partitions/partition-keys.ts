import { partitionsOf } from '../../1-parse/index.ts';
import { readPartitionKeys } from '../../6-record/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { Diagnostic, ModelNode } from '../../core/index.ts';
import { withHistory } from '../history.ts';
import { targetKey } from '../locations.ts';

/** A list of keys by which models of the project are kept. */
export interface KeyListUse {
  readonly name: string;
  /** Undefined: people and programs add them. */
  readonly query: string | undefined;
  readonly models: readonly ModelNode[];
}

/** The lists of keys that models of a project, or some of them, name. */
export function keyListsOf(
  { graph, restored }: Pick<Loaded, 'graph' | 'restored'>,
  ids: Iterable<string> = restored?.keyed ?? graph.nodes.keys(),
): readonly KeyListUse[] {
  const lists = new Map<string, { name: string; query: string | undefined; models: ModelNode[] }>();
  for (const id of ids) {
    if (!id.startsWith('model.')) continue;
    const node = graph.nodes.get(id) as ModelNode;
    for (const dimension of partitionsOf(node, graph.project.settings)?.dimensions ?? []) {
      if (dimension.kind !== 'dynamic') continue;
      const { keys: name, query } = dimension;
      const known = lists.get(name) ?? { name, query, models: [] };
      lists.set(name, { ...known, query: known.query ?? query, models: [...known.models, node] });
    }
  }
  return [...lists.values()];
}

/** The project with the keys of dynamic partitions that the state store has. One without such partitions costs nothing. */
export async function withStoredKeys(loaded: Loaded, call: Call): Promise<Loaded> {
  const lists = keyListsOf(loaded);
  if (lists.length === 0) return loaded;
  return withHistory(loaded, call, (store, problems) => {
    const diagnostics = [...loaded.diagnostics, ...problems.map((problem) => withoutKeys(problem, lists))];
    return withKeys({ ...loaded, diagnostics }, store ? readPartitionKeys(store, targetKey(loaded)) : new Map());
  });
}

/** Nothing else has the keys of a list: without them, its models have no partitions, and nothing is built of them. */
function withoutKeys(problem: Diagnostic, lists: readonly KeyListUse[]): Diagnostic {
  const names = lists.map(({ name }) => `'${name}'`).join(', ');
  return { ...problem, message: `${problem.message}. The keys of ${names} stand in it, and are not known` };
}

/** The project with the keys of its dynamic partitions. */
export function withKeys(loaded: Loaded, dynamicKeys: ReadonlyMap<string, readonly string[]>): Loaded {
  const { graph } = loaded;
  const settings = { ...graph.project.settings, dynamicKeys };
  return { ...loaded, graph: { ...graph, project: { ...graph.project, settings } } };
}
