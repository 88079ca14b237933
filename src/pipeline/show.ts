import { nodeRelation } from '../1-parse/index.ts';
import { namedIn, type Selection } from '../2-graph/index.ts';
import { type CompiledNode, createQuietCompiler } from '../3-compile/index.ts';
import { explainFailure } from '../5-execute/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Host } from '../cli/engine/host.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { Preview, ShowOutcome } from '../cli/engine/show.ts';
import { type Diagnostic, type Node, RelationCache, type SeedNode, type Table } from '../core/index.ts';
import { analysisOf } from './analysis.ts';
import { deferredRelations } from './defer.ts';
import { inlineIdOf, withInline } from './inline.ts';
import { targetWarehouse } from './lazy-warehouse.ts';
import { createQueryCompiler } from './query-compiler.ts';
import { selectNodes } from './select.ts';
import { hasError } from './unusable.ts';

/** Runs the queries of the selected nodes, reads the tables of seeds, and gives the first rows; nothing is built. */
export async function showLoaded(project: Loaded, call: Call, host: Host): Promise<ShowOutcome> {
  const { inline } = call;
  const loaded = inline === undefined ? project : { ...project, graph: withInline(project.graph, inline) };
  const { graph, environment, shelves } = loaded;
  const selection =
    inline === undefined ? await selectToShow(loaded, call) : { ids: [inlineIdOf(graph)], diagnostics: [] };
  const diagnostics: Diagnostic[] = [...loaded.diagnostics, ...selection.diagnostics];
  if (hasError(diagnostics)) return { exitCode: 2, diagnostics, previews: [] };
  const warehouse = targetWarehouse(loaded);
  const previews: Preview[] = [];
  let failed = false;
  try {
    const session = await warehouse.openSession();
    const asked = async (nodeId: string, query: string): Promise<Table> => {
      const sql = call.limit < 0 ? query : shelves.adapter.statements.limited(query, call.limit);
      const startedAt = host.now().getTime();
      const table = await session.query(sql);
      const at = host.now().getTime();
      host.emit({ kind: 'statement-finished', at, nodeId, sql, startedAt, rowsAffected: null });
      return table;
    };
    if (call.inlineDirect !== undefined) {
      const id = `sql_operation.${graph.project.name}.inline_query`;
      const table = await asked(id, call.inlineDirect);
      return { exitCode: 0, diagnostics, previews: [{ name: 'inline_query', id, table }] };
    }
    const relations = new RelationCache();
    const input = {
      graph,
      environment,
      shelves,
      relations,
      deferred: await deferredRelations(loaded, call, { selected: selection.ids, builds: false, relations, warehouse }),
      selected: selection.ids,
      emit: host.emit,
      now: () => host.now().getTime(),
    };
    const compile = await createQueryCompiler(loaded, input, warehouse);
    const reading = {
      compiler: createQuietCompiler(input),
      warehouse,
      built: new Set<string>(),
      deferred: input.deferred,
    };
    const { explain } = analysisOf(loaded, reading);
    const tableOf = (seed: SeedNode): string =>
      shelves.adapter.statements.renderRelation(input.deferred.get(seed.unique_id) ?? nodeRelation(seed));
    for (const id of selection.ids) {
      if (host.signal.aborted) break;
      const node = graph.nodes.get(id) as Node;
      let compiled: CompiledNode | undefined;
      try {
        compiled = node.resource_type === 'seed' ? undefined : await compile(id, session);
        const query = node.resource_type === 'seed' ? `select * from ${tableOf(node)}` : (compiled as CompiledNode).sql;
        previews.push({ name: previewName(node), id, table: await asked(id, query) });
      } catch (failure) {
        failed = true;
        diagnostics.push(...(await explainFailure(failure, node, compiled, { graph, explain })));
      }
    }
  } finally {
    await warehouse.close();
  }
  if (host.signal.aborted) return { exitCode: 1, diagnostics, previews };
  // As dbt, for which a query that does not work is a wrong call.
  return { exitCode: failed ? 2 : 0, diagnostics, previews };
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
