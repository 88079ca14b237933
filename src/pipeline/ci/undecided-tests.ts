import { partitionsOf } from '../../1-parse/index.ts';
import { type Graph, mappingOf } from '../../2-graph/index.ts';
import { type Analyst, createQuietCompiler, nothingBuilt } from '../../3-compile/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  containsAll,
  countKeys,
  failsForMoreRows,
  hasOwnCode,
  intersectKeys,
  isEphemeral,
  linkPartitions,
  type Node,
  type ProjectChanges,
  searchName,
} from '../../core/index.ts';
import { hasLastingRows, hasLastingValues } from '../../sql/index.ts';
import { analysisOf } from '../analysis.ts';
import { keptColumns } from '../kept-results.ts';
import type { PreparedPart } from './prepare-build.ts';

export interface UndecidedRequest {
  /** What is built here, by unique id; everything else is read from production. */
  readonly built: readonly string[];
  readonly tests: readonly string[];
  readonly changes: ProjectChanges;
  /** What is built of models with partitions. */
  readonly partitions: ReadonlyMap<string, PreparedPart>;
}

/**
 * Data tests that say nothing of a change when they fail, by unique id, and why, a reason a line: of some models that they
 * see only some partitions are built here. Such a test may miss rows that are missing here alone, or compare
 * partitions that production built by its old code with what the change has made of everything else. A test for which
 * more rows can only make it worse counts: it finds fault with what is there.
 */
export async function undecidedTests(
  loaded: Loaded,
  request: UndecidedRequest,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { graph } = loaded;
  const isPart = (id: string): boolean => (request.partitions.get(id)?.others ?? 'none') !== 'none';
  const found = new Map<string, readonly string[]>();
  if (![...request.partitions.keys()].some(isPart)) return found;
  const analyst = await analysisOf(loaded, {
    compiler: createQuietCompiler({ ...loaded, standIns: nothingBuilt }),
    warehouse: undefined,
    known: keptColumns(loaded),
  }).open();
  const ways = waysIn(graph, request);
  const changed = new Set(request.changes.nodes.filter((change) => change.class !== 'none').map(({ id }) => id));
  const known = new Map<string, Verdicts>();
  for (const id of request.tests) {
    const node = graph.nodes.get(id);
    if (node?.resource_type !== 'test') continue;
    const reached = [...ways.above(id, () => true)].filter(isPart);
    if (reached.length === 0) continue;
    // What changed itself and is seen in whole: not only by way of what is built in part.
    const whole = [...ways.above(id, (next) => !isPart(next))].filter((next) => changed.has(next) && !isPart(next));
    const lacking = reached.filter((part) => {
      if (request.partitions.get(part)?.others === 'missing') return true;
      return whole.some((changed) => ways.descends(part, changed));
    });
    const key = lacking.join();
    const verdicts = known.get(key) ?? verdictsOn(new Set(lacking), { loaded, analyst, ways, ...request });
    known.set(key, verdicts);
    if (!(await verdicts.decides(node))) found.set(id, missingParts(lacking, request, graph));
  }
  return found;
}

/** What is missing for a test to be judged, in words: a model a line. */
function missingParts(
  models: readonly string[],
  { partitions }: UndecidedRequest,
  { nodes }: Graph,
): readonly string[] {
  return models.flatMap((id) => {
    const [node, part] = [nodes.get(id), partitions.get(id)];
    if (!node || !part) return [];
    const others = part.others === 'production' ? 'the others are as production built them' : 'the others are missing';
    const built = `${countKeys(part.keys)} of ${countKeys(part.of)} partitions of ${searchName(node)}`;
    return `only ${built} ${countKeys(part.keys) === 1 ? 'was' : 'were'} built, ${others}: --partitions ${part.wholeCount} builds all`;
  });
}

/** How nodes read each other, through those that are built here and those that leave no relation. */
interface Ways {
  /** What stands above a node, no further than `through` allows. */
  above(id: string, through: (id: string) => boolean): ReadonlySet<string>;
  /** The nodes whose relations a node's SQL names and that are built here. */
  parents(id: string): readonly string[];
  descends(id: string, ancestor: string): boolean;
}

function waysIn(graph: Graph, { built }: UndecidedRequest): Ways {
  const here = new Set(built);
  const isInlined = (id: string): boolean => isEphemeral(graph.nodes.get(id));
  const isSeen = (id: string): boolean => here.has(id) || isInlined(id);
  const collect = (id: string, goesOn: (id: string) => boolean): ReadonlySet<string> => {
    const found = new Set<string>();
    const open = [...(graph.parents.get(id) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      if (goesOn(next)) open.push(...(graph.parents.get(next) ?? []));
    }
    return found;
  };
  const ancestors = new Map<string, ReadonlySet<string>>();
  return {
    above: (id, through) => new Set([...collect(id, (next) => isSeen(next) && through(next))].filter(isSeen)),
    parents: (id) => [...collect(id, isInlined)].filter((next) => here.has(next)),
    descends(id, ancestor) {
      const all = ancestors.get(id) ?? collect(id, () => true);
      ancestors.set(id, all);
      return all.has(ancestor);
    },
  };
}

interface Verdicts {
  /** Whether a test that fails would do so with all partitions too. */
  decides(test: Node): Promise<boolean>;
}

interface VerdictRequest extends UndecidedRequest {
  readonly loaded: Loaded;
  readonly analyst: Analyst | undefined;
  readonly ways: Ways;
}

/** `part`: rows are missing, and those that are there are as they should be. `unsure`: they may be others. */
type Content = 'whole' | 'part' | 'unsure';

/** @param lacking what has not all of its rows. */
function verdictsOn(lacking: ReadonlySet<string>, { loaded, analyst, ways, partitions }: VerdictRequest): Verdicts {
  const { graph } = loaded;
  const contents = new Map<string, Promise<Content>>();
  const contentOf = (id: string): Promise<Content> => {
    const content = contents.get(id) ?? workOut(id);
    contents.set(id, content);
    return content;
  };
  const workOut = async (id: string): Promise<Content> => {
    const { rowsLast, lacks } = await reading(id);
    if (!rowsLast) return 'unsure';
    return lacks || lacking.has(id) ? 'part' : 'whole';
  };
  /** Whether the rows that a node makes of what is there stay as they are with all that is missing, and whether any is. */
  const reading = async (id: string): Promise<{ readonly rowsLast: boolean; readonly lacks: boolean }> => {
    const growing = new Set<string>();
    for (const parent of ways.parents(id)) {
      const content = await contentOf(parent);
      if (content === 'unsure') return { rowsLast: false, lacks: true };
      if (content === 'part' && !hasAllFor(id, parent, partitions, loaded)) growing.add(parent);
    }
    if (growing.size === 0) return { rowsLast: true, lacks: false };
    const found = await analyst?.queryOf(id);
    const grows = (parts: readonly string[]): boolean => growing.has(found?.table(parts)?.name ?? '');
    // Of a test it does not matter what its rows say, only whether there are any.
    const last = graph.nodes.get(id)?.resource_type === 'test' ? hasLastingRows : hasLastingValues;
    const rowsLast = found !== undefined && last(found.query, { dialect: found.dialect, grows });
    return { rowsLast, lacks: true };
  };
  return {
    async decides(test) {
      const { rowsLast, lacks } = await reading(test.unique_id);
      return rowsLast && (!lacks || failsForMoreRows(test.config));
    },
  };
}

/** Whether the partitions of a model that are built read only those of a parent that are built, too. */
function hasAllFor(
  child: string,
  parent: string,
  partitions: ReadonlyMap<string, PreparedPart>,
  { graph, environment }: Loaded,
): boolean {
  const [own, others] = [partitions.get(child), partitions.get(parent)];
  const [node, above] = [graph.nodes.get(child), graph.nodes.get(parent)];
  if (!own || !others || !node || !above || !hasOwnCode(node) || !hasOwnCode(above)) return false;
  const [definition, ofParent] = [node, above].map((one) => partitionsOf(one, graph.project.settings));
  if (!definition || !ofParent) return false;
  const extent = { now: environment.startedAt.getTime(), current: true };
  const link = linkPartitions(definition, ofParent, extent, mappingOf(node, above, definition, ofParent));
  return containsAll(others.keys, intersectKeys(link.upstream(own.keys), others.of));
}
