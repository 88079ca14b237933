import { join } from 'node:path';
import { nodeRelation, sourceRelation } from '../../1-parse/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { Adapter, GraphNode, Relation, Warehouse } from '../../core/index.ts';
import { type RecordedTable, sampleFolder } from '../sample/sample-file.ts';
import { scratchAdapter } from '../scratch.ts';

/** The project with an adapter that opens an empty warehouse, in which there is a view for each recorded table. */
export async function withRecorded(loaded: Loaded, recorded: readonly RecordedTable[]): Promise<Loaded> {
  const scratch = await scratchAdapter('a project could be built in');
  const { nodes, project } = loaded.graph;
  const { database } = loaded.environment.target;
  const named = new Set([...nodes.values()].flatMap((node) => relationOf(node, loaded)?.database ?? []));
  const others = [...named].filter((name) => name.toLowerCase() !== database?.toLowerCase());
  const views = recorded.flatMap(({ id, file }) => {
    const relation = relationOf(nodes.get(id), loaded);
    return relation ? [{ relation, file: join(sampleFolder(project), file) }] : [];
  });
  const adapter: Adapter = {
    ...scratch,
    async connect() {
      const warehouse = await scratch.openScratch(others);
      await makeViews(views, scratch, warehouse);
      return warehouse;
    },
  };
  return { ...loaded, shelves: { ...loaded.shelves, adapter } };
}

async function makeViews(
  views: readonly { readonly relation: Relation; readonly file: string }[],
  { statements }: Adapter,
  warehouse: Warehouse,
): Promise<void> {
  const session = await warehouse.openSession();
  for (const { relation, file } of views) {
    await session.execute(statements.createSchema(relation));
    const from = statements.parquet?.read(file);
    await session.execute(statements.createViewAs({ ...relation, type: 'view' }, `select * from ${from}`));
  }
  await session.close();
}

/** The relation that a node is, if it is one and no file. */
function relationOf(node: GraphNode | undefined, { graph }: Loaded): Relation | undefined {
  const { quoting } = graph.project.settings;
  switch (node?.resource_type) {
    case 'source': {
      const relation = sourceRelation(node, quoting);
      return relation.expression === undefined ? relation : undefined;
    }
    case 'model':
    case 'seed':
    case 'snapshot':
      return node.config.materialized === 'ephemeral' ? undefined : nodeRelation(node, quoting);
    default:
      return undefined;
  }
}
