import { partitionsOf } from '../../1-parse/index.ts';
import { compareData, type Side } from '../../5-execute/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  formatKeySet,
  type PartitionSlice,
  Problem,
  type Relation,
  type ReviewDifference,
  type Session,
  StatementError,
  searchName,
  sliceCondition,
  snapshotColumns,
  spokenName,
} from '../../core/index.ts';
import { keyOf, relationOf, tableSide } from '../diff.ts';
import type { Asset } from '../named-asset.ts';
import type { PreparedPart } from './prepare-build.ts';

export interface DifferencesRequest {
  readonly session: Session;
  /** What production has, by unique id. */
  readonly production: ReadonlyMap<string, Relation>;
  /** What was built of assets with partitions. */
  readonly partitions: ReadonlyMap<string, PreparedPart>;
  /** Asked before each comparison: false where there is no time left. */
  readonly mayGoOn: () => boolean;
}

/** How what was built differs from production, one relation after the other. */
export async function differencesOf(
  built: readonly string[],
  loaded: Loaded,
  request: DifferencesRequest,
): Promise<readonly ReviewDifference[]> {
  const found: ReviewDifference[] = [];
  const partOf = partialAbove(new Set(built), loaded, request);
  for (const id of built) {
    const node = loaded.graph.nodes.get(id) as Asset;
    if (!isAsset(node)) continue;
    const readsPartOf = partOf(id);
    const difference = await differenceOf(node, loaded, request);
    found.push(readsPartOf.length === 0 ? difference : { ...difference, readsPartOf });
  }
  return found;
}

/** What a node reads of which there are some partitions alone, be it through what was built here too: with these. */
function partialAbove(
  built: ReadonlySet<string>,
  { graph, ...loaded }: Loaded,
  { partitions }: DifferencesRequest,
): (id: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const above = (id: string): readonly string[] => {
    const found = known.get(id) ?? [...new Set((graph.parents.get(id) ?? []).flatMap(within))];
    known.set(id, found);
    return found;
  };
  const within = (id: string): readonly string[] => {
    const node = graph.nodes.get(id);
    const part = partitions.get(id);
    const slice = node && part?.others === 'missing' ? sliceOf(node as Asset, part, { graph, ...loaded }) : undefined;
    if (slice) return [`${searchName(node as Asset)}[${formatKeySet(slice.definition, slice.keys)}]`];
    return built.has(id) || node?.config.materialized === 'ephemeral' ? above(id) : [];
  };
  return above;
}

async function differenceOf(
  node: Asset,
  loaded: Loaded,
  { session, production, partitions, mayGoOn }: DifferencesRequest,
): Promise<ReviewDifference> {
  const slice = sliceOf(node, partitions.get(node.unique_id), loaded);
  const origin = production.get(node.unique_id);
  const about = {
    id: node.unique_id,
    name: searchName(node),
    partitions: slice ? formatKeySet(slice.definition, slice.keys) : '',
    before: origin ? spokenName(origin) : '',
    after: spokenName(relationOf(node, loaded)),
  };
  if (!origin) return { ...about, problem: 'It is new: production has nothing to compare with' };
  if (!mayGoOn()) return { ...about, problem: 'The time was over (--max-minutes)' };
  const { statements } = loaded.shelves.adapter;
  try {
    const [before, after] = [
      await tableSide(origin, session, loaded),
      await tableSide(relationOf(node, loaded), session, loaded),
    ];
    const where = slice && sliceCondition(slice, ({ column }) => column, statements);
    const difference = await compareData(
      { before, after, key: keyIn(node, [before, after]), where },
      session,
      statements,
    );
    return { ...about, difference };
  } catch (failure) {
    if (failure instanceof Problem || failure instanceof StatementError) return { ...about, problem: failure.message };
    throw failure;
  }
}

/** A snapshot has begun with production's versions, so that a version is the same one that began at the same time. */
function keyIn(node: Asset, sides: readonly Side[]): readonly string[] {
  const key = keyOf(node, sides);
  if (node.resource_type !== 'snapshot' || key.length === 0) return key;
  const { dbt_valid_from: began } = snapshotColumns(node.config);
  const hasBeginning = sides.every(({ columns }) =>
    columns.some(({ name }) => name.toLowerCase() === began.toLowerCase()),
  );
  return hasBeginning ? [...key, began] : key;
}

function sliceOf(node: Asset, part: PreparedPart | undefined, { graph }: Loaded): PartitionSlice | undefined {
  const definition = partitionsOf(node, graph.project.settings);
  return definition && part && { definition, keys: part.keys };
}

/** A function has no rows. */
function isAsset(node: { readonly resource_type: string }): boolean {
  return node.resource_type !== 'function';
}
