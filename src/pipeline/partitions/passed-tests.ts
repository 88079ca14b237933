import { partitionsOf } from '../../1-parse/index.ts';
import { type AssetState, canBeHeldBack, type Plan } from '../../4-plan/index.ts';
import { canStage } from '../../5-execute/index.ts';
import { lastPasses } from '../../6-record/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { withHistory } from '../history.ts';

/**
 * Which tests of assets with partitions have passed since these were published, as the state store remembers. What is
 * published after its tests has passed them before.
 *
 * @param standing the assets whose tables are there: of others there is nothing to test.
 */
export async function passedTests(
  { steps }: Plan,
  loaded: Loaded,
  call: Call,
  { states, standing }: { readonly states: ReadonlyMap<string, AssetState>; readonly standing: ReadonlySet<string> },
): Promise<(testId: string) => boolean> {
  const { graph, shelves, environment } = loaded;
  const isOpen = (id: string): boolean => {
    const node = graph.nodes.get(id);
    const isKept = node?.resource_type === 'model' && partitionsOf(node, graph.project.settings) !== undefined;
    return isKept && standing.has(id) && !canBeHeldBack(node, graph, (one) => canStage(one, { graph, shelves }));
  };
  const read = new Map(
    steps.flatMap(({ nodeId }): [string, readonly string[]][] => {
      const node = graph.nodes.get(nodeId);
      const assets = node?.resource_type === 'test' ? node.depends_on.nodes.filter(isOpen) : [];
      return assets.length > 0 ? [[nodeId, assets]] : [];
    }),
  );
  if (read.size === 0) return () => true;
  const request = { target: environment.target.name, tests: [...read.keys()] };
  const passes = await withHistory(loaded, call, (store) => (store ? lastPasses(store, request) : undefined));
  return (testId) => {
    const passedAt = passes?.get(testId) ?? -1;
    const publications = (read.get(testId) ?? []).flatMap((id) => states.get(id)?.publications ?? []);
    return publications.every(({ to }) => to <= passedAt);
  };
}
