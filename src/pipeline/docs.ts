import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isOfDbt, nodeRelation, sourceRelation } from '../1-parse/index.ts';
import { inheritedDescriptions } from '../3-compile/index.ts';
import { writeCatalog } from '../6-record/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Host } from '../cli/engine/host.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { RunOutcome } from '../cli/engine/run.ts';
import type { CatalogTable, GraphNode, Relation } from '../core/index.ts';
import { openAnalysis } from './analysis.ts';
import { recordDocumentation } from './artifacts.ts';
import { targetFolder } from './locations.ts';
import { runLoaded } from './run.ts';
import { selectNodes } from './select.ts';
import { hasError } from './unusable.ts';

/** `docs generate`: the manifest by compiling, and `catalog.json` from the warehouse. */
export async function writeDocs(loaded: Loaded, call: Call, host: Host): Promise<RunOutcome> {
  const compiled = call.compile ? await runLoaded(loaded, call, host) : withoutRun(loaded);
  if (compiled.exitCode !== 0) return compiled;
  if (call.compile && call.writeJson && inheritsDescriptions(loaded)) await inherit(loaded, call, host, compiled);
  copyAssets(loaded);
  const wanted = call.emptyCatalog ? [] : await wantedNodes(loaded, call);
  const tables = await describe(loaded, wanted);
  const found = (isSource: boolean): Map<string, CatalogTable> =>
    new Map([...tables].filter(([id]) => id.startsWith('source.') === isSource));
  const path = join(targetFolder(loaded), 'catalog.json');
  writeCatalog(path, { environment: loaded.environment, nodes: found(false), sources: found(true) });
  return compiled;
}

function withoutRun({ diagnostics }: Loaded): RunOutcome {
  return { exitCode: hasError(diagnostics) ? 2 : 0, diagnostics, results: [], compiled: new Map() };
}

/** The project's choice. Default: not in a project of dbt's, whose manifest others may compare with dbt's. */
function inheritsDescriptions({ graph: { project } }: Loaded): boolean {
  const { inherit_descriptions: wanted } = project.settings.flags;
  return typeof wanted === 'boolean' ? wanted : !isOfDbt(project.settings);
}

/** Gives copied columns the descriptions of what they are copies of, in the manifest. */
async function inherit(loaded: Loaded, call: Call, host: Host, { compiled }: RunOutcome): Promise<void> {
  const analysis = await openAnalysis(loaded, call, host);
  try {
    const columns = await inheritedDescriptions({ ...analysis, graph: loaded.graph });
    if (columns.size > 0) recordDocumentation(loaded, compiled, columns);
  } finally {
    await analysis.close();
  }
}

const kept = ['model', 'seed', 'snapshot', 'source', 'test'];

/** The nodes that leave something in the warehouse, tests that store their failures included: those selected, or all. */
async function wantedNodes(loaded: Loaded, call: Call): Promise<GraphNode[]> {
  const { ids } = await selectNodes(loaded, { ...call, command: 'ls', resourceTypes: kept });
  return ids
    .map((id) => loaded.graph.nodes.get(id) as GraphNode)
    .filter((node) => {
      if (node.resource_type === 'test') return node.relation_name !== null;
      return node.resource_type === 'source' || node.config.materialized !== 'ephemeral';
    });
}

/** What the warehouse says of nodes, by unique id, asked schema by schema. What it does not have is left out. */
async function describe(loaded: Loaded, nodes: readonly GraphNode[]): Promise<ReadonlyMap<string, CatalogTable>> {
  const described = new Map<string, CatalogTable>();
  if (nodes.length === 0) return described;
  const { adapter } = loaded.shelves;
  const relations = nodes.map((node) => [node.unique_id, relationOf(node, loaded)] as const);
  const schemas = new Map(relations.map(([, relation]) => [schemaKey(relation), relation]));
  const warehouse = await adapter.connect(loaded.environment.target.output, { threads: 1 });
  try {
    const session = await warehouse.openSession();
    const tables = new Map<string, CatalogTable>();
    for (const { database, schema, quote } of schemas.values()) {
      for (const table of await session.describeSchema(database, schema ?? '', quote)) {
        tables.set(relationKey(table.relation), table);
      }
    }
    for (const [id, relation] of relations) {
      const table = tables.get(relationKey(relation));
      if (table) described.set(id, table);
    }
    return described;
  } finally {
    await warehouse.close();
  }
}

function relationOf(node: GraphNode, { graph }: Loaded): Relation {
  if (node.resource_type === 'source') return sourceRelation(node);
  return nodeRelation(node as Parameters<typeof nodeRelation>[0], graph.project.settings.quoting);
}

/** As dbt, letter case aside: the warehouse may have folded it. */
const schemaKey = ({ database, schema }: Relation): string => JSON.stringify([database, schema]).toLowerCase();
const relationKey = (relation: Relation): string =>
  `${schemaKey(relation)}.${(relation.identifier ?? '').toLowerCase()}`;

/** Pictures and the like that descriptions show. */
function copyAssets(loaded: Loaded): void {
  const { root, settings } = loaded.graph.project;
  for (const path of settings.assetPaths) {
    const from = join(root, path);
    const to = join(targetFolder(loaded), path);
    rmSync(to, { recursive: true, force: true });
    if (existsSync(from)) cpSync(from, to, { recursive: true });
  }
}
