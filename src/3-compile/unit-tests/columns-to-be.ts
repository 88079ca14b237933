import { join } from 'node:path';
import type { Column, JsonObject, ModelNode, SeedNode, Session } from '../../core/index.ts';
import type { CompilerInput } from '../compilation.ts';
import { type Giver, type Input, inputOf } from './inputs.ts';
import { modelOverRows } from './model-over-rows.ts';
import { unitTestStandIns } from './stand-ins.ts';

/** The columns that something would have if it were built now; undefined where that cannot be said. */
export type ColumnsToBe = (node: Input['node'], session: Session | undefined) => Promise<readonly Column[] | undefined>;

/**
 * Asks the warehouse that runs unit tests what it would make of a model over empty tables, whose columns are found in
 * the same way: so that unit tests run before anything is built. Nothing is built on the way.
 */
export function columnsToBe(input: CompilerInput): ColumnsToBe {
  const known = new Map<string, ReturnType<ColumnsToBe>>();
  // What becomes of these models is nobody's business but the test's.
  const quiet: CompilerInput = { ...input, emit: () => undefined };
  const find: ColumnsToBe = async (node, session) => {
    const asking = (await input.unitTests?.describing?.()) ?? session;
    if (!asking) return undefined;
    try {
      if (node.resource_type === 'seed') return await seedColumns(node, asking);
      const model = input.graph.nodes.get(node.unique_id);
      if (model?.resource_type !== 'model' || model.language !== 'sql') return undefined;
      const { sql } = await overEmptyRows(model, quiet, session, (parent) => remembered(parent, session));
      return await asking.describeQuery(sql);
    } catch {
      // There are other ways to know; what is wrong with the model is said when it is its turn.
      return undefined;
    }
  };
  const remembered: ColumnsToBe = (node, session) => {
    let found = known.get(node.unique_id);
    if (found === undefined) {
      found = find(node, session);
      known.set(node.unique_id, found);
    }
    return found;
  };
  return remembered;
}

function overEmptyRows(
  model: ModelNode,
  input: CompilerInput,
  session: Session | undefined,
  ofParent: (node: Input['node']) => ReturnType<ColumnsToBe>,
): ReturnType<typeof modelOverRows> {
  const inputs = new Map<string, Input>();
  for (const id of model.depends_on.nodes) {
    const parent = input.graph.nodes.get(id);
    const given = { input: parent?.name ?? id, rows: [], format: 'dict', fixture: null } as const;
    if (parent && 'columns' in parent) inputs.set(id, inputOf(parent as Input['node'], given, ['given', inputs.size]));
  }
  const { unique_id, name, origin } = model;
  const overrides = { macros: { is_incremental: false }, vars: {}, env_vars: {} };
  const test: Giver = { unique_id, name, origin, overrides };
  const standIns = unitTestStandIns(test, model, inputs, input);
  return modelOverRows({ id: model.unique_id, name, test, model, input, session, standIns, columnsToBe: ofParent });
}

async function seedColumns(node: SeedNode, session: Session): Promise<readonly Column[] | undefined> {
  const file = join(node.root_path, node.original_file_path);
  const { delimiter, column_types: types } = node.config;
  const columnTypes = (types ?? {}) as Readonly<Record<string, string>> & JsonObject;
  return session.describeCsv?.({ file, delimiter: typeof delimiter === 'string' ? delimiter : ',', columnTypes });
}
