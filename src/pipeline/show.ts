import { nodeRelation } from '../1-parse/index.ts';
import { namedIn, type Selection } from '../2-graph/index.ts';
import { type CompiledNode, createQuietCompiler } from '../3-compile/index.ts';
import { explainFailure } from '../5-execute/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Host } from '../cli/engine/host.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { Preview, ShowOutcome } from '../cli/engine/show.ts';
import {
  type Diagnostic,
  type Node,
  RelationCache,
  type SeedNode,
  type Session,
  type Table,
  type Warehouse,
} from '../core/index.ts';
import { analysisOf } from './analysis.ts';
import { deferredRelations } from './defer.ts';
import { inlineIdOf, withInline } from './inline.ts';
import { targetWarehouse } from './lazy-warehouse.ts';
import { createQueryCompiler } from './query-compiler.ts';
import { selectNodes } from './select.ts';
import { hasError } from './unusable.ts';

/** Runs the queries of the selected nodes, reads the tables of seeds, and gives the first rows; nothing is built. */
export async function showLoaded(project: Loaded, call: Call, host: Host): Promise<ShowOutcome> {
  const { inline, inlineDirect } = call;
  const loaded = inline === undefined ? project : { ...project, graph: withInline(project.graph, inline) };
  const { graph } = loaded;
  const selection =
    inline === undefined ? await selectToShow(loaded, call) : { ids: [inlineIdOf(graph)], diagnostics: [] };
  const diagnostics = [...loaded.diagnostics, ...selection.diagnostics];
  if (hasError(diagnostics)) return { exitCode: 2, diagnostics, previews: [] };
  const warehouse = targetWarehouse(loaded);
  try {
    const session = await warehouse.openSession();
    const ask = firstRowsOf(session, loaded, call, host);
    if (inlineDirect !== undefined) {
      const id = `sql_operation.${graph.project.name}.inline_query`;
      return { exitCode: 0, diagnostics, previews: [{ name: 'inline_query', id, table: await ask(id, inlineDirect) }] };
    }
    const { previews, problems } = await showNodes(selection.ids, { loaded, call, host, warehouse, session, ask });
    // As dbt, for which a query that does not work is a wrong call.
    const exitCode = host.signal.aborted ? 1 : problems.length === 0 ? 0 : 2;
    return { exitCode, diagnostics: [...diagnostics, ...problems], previews };
  } finally {
    await warehouse.close();
  }
}

/** Asks for the first rows of a query, and tells of the statement. */
type Ask = (nodeId: string, query: string) => Promise<Table>;

function firstRowsOf(session: Session, { shelves }: Loaded, { limit }: Call, host: Host): Ask {
  return async (nodeId, query) => {
    const sql = limit < 0 ? query : shelves.adapter.statements.limited(query, limit);
    const startedAt = host.now().getTime();
    const table = await session.query(sql);
    const at = host.now().getTime();
    host.emit({ kind: 'statement-finished', at, nodeId, sql, startedAt, rowsAffected: null });
    return table;
  };
}

interface Showing {
  readonly loaded: Loaded;
  readonly call: Call;
  readonly host: Host;
  readonly warehouse: Warehouse;
  readonly session: Session;
  readonly ask: Ask;
}

/** The first rows of each node. One that fails keeps no other from being shown. */
async function showNodes(
  ids: readonly string[],
  { loaded, call, host, warehouse, session, ask }: Showing,
): Promise<{ readonly previews: readonly Preview[]; readonly problems: readonly Diagnostic[] }> {
  const { graph, environment, shelves } = loaded;
  const relations = new RelationCache();
  const deferred = await deferredRelations(loaded, call, { selected: ids, builds: false, relations, warehouse });
  const now = (): number => host.now().getTime();
  const input = { graph, environment, shelves, relations, deferred, selected: ids, emit: host.emit, now };
  const compile = await createQueryCompiler(loaded, input, warehouse);
  const compiler = createQuietCompiler(input);
  const { explain } = analysisOf(loaded, { compiler, warehouse, built: new Set<string>(), deferred });
  const tableOf = (seed: SeedNode): string =>
    shelves.adapter.statements.renderRelation(deferred.get(seed.unique_id) ?? nodeRelation(seed));
  const previews: Preview[] = [];
  const problems: Diagnostic[] = [];
  for (const id of ids) {
    if (host.signal.aborted) break;
    const node = graph.nodes.get(id) as Node;
    let compiled: CompiledNode | undefined;
    try {
      compiled = node.resource_type === 'seed' ? undefined : await compile(id, session);
      const query = node.resource_type === 'seed' ? `select * from ${tableOf(node)}` : (compiled as CompiledNode).sql;
      previews.push({ name: previewName(node), id, table: await ask(id, query) });
    } catch (failure) {
      problems.push(...(await explainFailure(failure, node, compiled, { graph, explain })));
    }
  }
  return { previews, problems };
}

/**
 * As dbt: what the selection brings along is not shown, unless it names no node at all (`tag:nightly`). Tests are then
 * shown only where nothing else is selected: they come along with their models.
 */
async function selectToShow(loaded: Loaded, call: Call): Promise<Selection> {
  const { ids, diagnostics } = await selectNodes(loaded, call);
  const nodes = ids.map((id) => loaded.graph.nodes.get(id) as Node);
  const named = namedIn(call.select);
  const shown = [nodes.filter(({ name }) => named(name)), nodes.filter((node) => node.resource_type !== 'test'), nodes];
  return { ids: (shown.find((some) => some.length > 0) ?? []).map(({ unique_id }) => unique_id), diagnostics };
}

function previewName(node: Node): string {
  const version = node.resource_type === 'model' ? node.version : null;
  return version === null ? node.name : `${node.name}.v${version}`;
}
