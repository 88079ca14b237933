import { csvRows, type SeedNode, type TemplateFunction } from '../core/index.ts';
import { hostFunction, TemplateError, type Value } from '../jinja/index.ts';
import { sessionOf } from './warehouse/session.ts';

/** `load_agate_table()`: the rows of the seed that is loaded, for materializations that are macros. */
const loadAgateTable: TemplateFunction = {
  name: 'load_agate_table',
  create: (rendering) =>
    hostFunction('load_agate_table', async (): Promise<Value> => {
      const { adapter } = rendering;
      const node = rendering.node as SeedNode | undefined;
      if (node?.resource_type !== 'seed') throw new TemplateError('load_agate_table() is for seeds alone');
      const session = sessionOf(rendering, 'load_agate_table()');
      const file = `${node.root_path}/${node.original_file_path}`;
      const rows = await csvRows(node, file, session, adapter.statements);
      if (rows === undefined) throw new TemplateError(`The adapter '${adapter.type}' cannot load CSV files`);
      return rows;
    }),
};
export default loadAgateTable;
