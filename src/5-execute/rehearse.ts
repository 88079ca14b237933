import type { CompiledNode } from '../3-compile/index.ts';
import type { Step } from '../4-plan/index.ts';
import {
  hasOwnCode,
  type LedgerEntry,
  type LedgerOwner,
  type Relation,
  type Session,
  type StagedData,
  testStatement,
} from '../core/index.ts';
import type { StepContext } from './context.ts';
import { customMaterialization } from './macros/custom-materialization.ts';
import { hasStrategyMacro, runsInBatches } from './macros/strategy-macro.ts';
import { showPreview } from './publication/partition-relations.ts';
import { ledgerStatement, prepareAside } from './publication/publication.ts';
import { prepareMaterialization } from './run-materialization.ts';

export interface Rehearsal {
  readonly statements: readonly string[];
  /** Where a step that stages would leave its data. */
  readonly data?: StagedData | undefined;
}

/**
 * The statements that a step would send, in their order, without sending any: the warehouse is only asked what is there
 * and what columns queries have. Undefined where they are known only when the step runs: what macros of the project
 * write, what asks the warehouse for data, and what reads tables that are not there yet.
 *
 * @param context `partition` is one that the step builds; what it would build after others looks the same.
 * @param isPreviewed whether some test reads what the table will hold, and not the staged rows alone.
 */
export async function rehearse(
  { nodeId, part }: Pick<Step, 'nodeId' | 'part'>,
  compiled: CompiledNode,
  context: StepContext,
  isPreviewed: boolean,
): Promise<Rehearsal | undefined> {
  const node = context.graph.nodes.get(nodeId);
  if (!node || !hasOwnCode(node)) return undefined;
  if (node.resource_type === 'test') {
    if (node.relation_name !== null || customMaterialization(node, context)) return undefined;
    return { statements: [testStatement(node.config, compiled.sql, context.shelves.adapter.statements)] };
  }
  if (customMaterialization(node, context) || hasStrategyMacro(node, context)) return undefined;
  const slice = context.partition?.slice;
  if (runsInBatches(node, context) && !slice) return undefined;
  const { sent, session } = rehearsalSession(context.session, compiled.sql);
  const environment = { ...context.environment, invocationId: '' };
  const within: StepContext = { ...context, session, environment, memory: undefined, emit: () => undefined };
  try {
    if (part === undefined && !slice) {
      const { materialization, materializing } = await prepareMaterialization(node, compiled, within);
      await materialization.materialize(materializing);
      return { statements: sent };
    }
    const { aside, materializing } = await prepareAside(node, compiled, within);
    let data = await aside.stage(materializing);
    if (isPreviewed && slice) data = { ...data, preview: await showPreview({ node, compiled, data }, slice, within) };
    if (part === 'stage') return { statements: sent, data };
    if (part === 'publish') sent.length = 0;
    const publication = [ledgerStatement(data, entryOf(node, data, context), context)];
    await aside.publish({ ...materializing, publication }, data);
    return { statements: sent };
  } catch {
    return undefined;
  }
}

/** What nobody knows before it runs is empty or 0, so that the same plan has the same statements. */
function entryOf(
  { unique_id: asset, alias: relation }: LedgerOwner,
  { content }: StagedData,
  { partition }: StepContext,
): LedgerEntry {
  const unknown = { runId: '', codeVersion: '', rows: null, at: 0 };
  return { ...unknown, event: 'published', asset, relation, partitionKey: partition?.key ?? '', content };
}

/** A session in which nothing happens, but for the one table that a rehearsed step makes and reads. */
function rehearsalSession(real: Session, sql: string): { readonly sent: string[]; readonly session: Session } {
  const sent: string[] = [];
  const isThere = async ({ database, schema, identifier, quote }: Relation): Promise<boolean> => {
    const standing = await real.listRelations(database, schema ?? '', quote);
    return standing.some((one) => one.identifier?.toLowerCase() === identifier?.toLowerCase());
  };
  const session: Session = {
    execute: async (statement) => {
      sent.push(statement);
      return { rowsAffected: null };
    },
    query: async () => {
      throw new Error('What a step asks for depends on what there is when it runs');
    },
    listRelations: (database, schema, quote) => real.listRelations(database, schema, quote),
    schemaExists: real.schemaExists?.bind(real),
    columnsOf: async (relation) => ((await isThere(relation)) ? real.columnsOf(relation) : real.describeQuery(sql)),
    describeQuery: (query) => real.describeQuery(query),
    describeSchema: (database, schema, quote) => real.describeSchema(database, schema, quote),
    grantsOn: real.grantsOn?.bind(real),
    settingsOf: real.settingsOf?.bind(real),
    close: async () => undefined,
  };
  return { sent, session };
}
