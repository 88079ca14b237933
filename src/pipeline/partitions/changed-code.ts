import { nodeRelation } from '../../1-parse/index.ts';
import { dataParents, isTransparent } from '../../2-graph/index.ts';
import { type Analyst, createQuietCompiler, type NodeAnalysis, openAnalyst } from '../../3-compile/index.ts';
import type { StateRecords } from '../../4-plan/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  type CodeLogic,
  codeLogicOf,
  type LedgerStretch,
  type Node,
  type Relation,
  type RelationCache,
  readCodeLogic,
  recordedLogics,
  type Session,
} from '../../core/index.ts';
import { dialectOf } from '../analysis.ts';

export interface ChangedCodeRequest {
  readonly stretches: readonly LedgerStretch[];
  readonly session: Session;
  readonly relations: RelationCache;
}

/**
 * What the versions of code did by which parents of some nodes were built, and which of the parents' columns the nodes
 * use. Looked at only where a parent was built by more than one version.
 */
export async function changedCode(
  nodes: readonly Node[],
  loaded: Loaded,
  { stretches, session, relations }: ChangedCodeRequest,
): Promise<Pick<StateRecords, 'logics' | 'used'>> {
  const several = builtBySeveral(stretches);
  const readers = nodes.filter((node) =>
    dataParents(node, loaded.graph).some((parent) => several.has(parent.unique_id)),
  );
  if (readers.length === 0) return {};
  const logics = await readLogics([...several], loaded, session, relations);
  if (logics.size === 0) return {};
  const analyst = await openAnalyst(analystInput(loaded, session, relations));
  const used = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  for (const node of analyst ? readers : []) used.set(node.unique_id, await usedColumns(node, loaded, analyst!));
  return { logics, used };
}

function builtBySeveral(stretches: readonly LedgerStretch[]): ReadonlySet<string> {
  const versions = new Map<string, Set<string>>();
  for (const { asset, event, codeVersion } of stretches) {
    if (event === 'published') versions.set(asset, (versions.get(asset) ?? new Set()).add(codeVersion));
  }
  return new Set([...versions].flatMap(([asset, found]) => (found.size > 1 ? [asset] : [])));
}

async function readLogics(
  assets: readonly string[],
  { graph, shelves }: Loaded,
  session: Session,
  relations: RelationCache,
): Promise<ReadonlyMap<string, ReadonlyMap<string, CodeLogic>>> {
  const tables = new Map<string, Relation>();
  for (const id of assets) {
    const node = graph.nodes.get(id) as Node;
    const { database, schema } = node;
    const table = codeLogicOf(nodeRelation(node, graph.project.settings.quoting));
    if (await relations.get(session, table)) tables.set(JSON.stringify([database, schema]), table);
  }
  const found = new Map<string, Map<string, CodeLogic>>();
  if (tables.size === 0) return found;
  const rows = await session.query(readCodeLogic([...tables.values()], assets, shelves.adapter.statements));
  for (const { asset, codeVersion, logic } of recordedLogics(rows)) {
    found.set(asset, (found.get(asset) ?? new Map<string, CodeLogic>()).set(codeVersion, logic));
  }
  return found;
}

function analystInput(loaded: Loaded, session: Session, relations: RelationCache): Parameters<typeof openAnalyst>[0] {
  const { graph, shelves } = loaded;
  const compiler = createQuietCompiler({ ...loaded, relations });
  return {
    graph,
    adapter: shelves.adapter,
    dialect: dialectOf(loaded),
    compile: (id) => compiler.compile(id, session).catch(() => undefined),
    describe: (_, relation) => session.columnsOf(relation).catch(() => undefined),
  };
}

/** The columns of its data's parents that a node uses, by parent; those of a parent that is not here may all be used. */
async function usedColumns(
  node: Node,
  { graph }: Loaded,
  analyst: Analyst,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const used = new Map<string, Set<string>>();
  const unknown = new Set<string>();
  const use = async (of: NodeAnalysis, isUsed: (column: string) => boolean): Promise<void> => {
    for (const { nodeId, used: names } of of.parents) {
      const columns = used.get(nodeId) ?? new Set<string>();
      used.set(nodeId, columns);
      for (const name of names.filter((column) => isUsed(`${nodeId} ${column}`))) columns.add(analyst.columnKey(name));
      const parent = graph.nodes.get(nodeId) as Node;
      if (parent.resource_type === 'model' && isTransparent(parent, graph)) await through(parent, columns);
    }
  };
  /** What a view's columns that are used are made of, and what decides which rows it has. */
  const through = async (view: Node, columns: ReadonlySet<string>): Promise<void> => {
    const analysis = await analyst.analyze(view.unique_id);
    if (!isKnown(analysis)) for (const parent of dataParents(view, graph)) unknown.add(parent.unique_id);
    const made = analysis.columns.filter(({ name }) => columns.has('*') || columns.has(analyst.columnKey(name)));
    const sources = [...made.flatMap((column) => column.sources), ...analysis.filters];
    const reached = new Set(sources.map(({ nodeId, column }) => `${nodeId} ${column}`));
    await use(analysis, (column) => reached.has(column));
  };
  const analysis = await analyst.analyze(node.unique_id);
  if (!isKnown(analysis)) return new Map();
  await use(analysis, () => true);
  return new Map([...used].filter(([id]) => !unknown.has(id)));
}

const isKnown = ({ readable, diagnostics, parents }: NodeAnalysis): boolean =>
  readable && parents.length > 0 && !diagnostics.some(({ severity }) => severity === 'error');
