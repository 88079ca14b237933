import { partitionsOf } from '../../1-parse/index.ts';
import {
  error,
  type LedgerEntry,
  type LedgerEvent,
  type Node,
  Problem,
  readKeySet,
  type StagedData,
  type StagedPreview,
} from '../../core/index.ts';
import type { StepContext, StepResult } from '../context.ts';
import { modelName } from '../model-name.ts';
import { canStage } from '../run-materialization.ts';
import { targetRelation } from '../target-relation.ts';
import { ledgerStatement, prepareAside, publishData, sendTogether } from './publication.ts';
import type { Quarantined } from './quarantined.ts';

/**
 * Publishes data that is in quarantine, as a build would have done. Throws `Problem` where the node is not kept any more
 * in a way to which the data belongs.
 */
export async function release(node: Node, quarantined: Quarantined, context: StepContext): Promise<StepResult> {
  const data = dataOf(quarantined);
  await refuseOther(node, quarantined, context);
  const within = ofPartition(node, quarantined.entry, context);
  if (within.partition) await makeTable(node, data, within);
  const entries = [
    { ...entryOf(quarantined.isNarrowed ? 'narrowed' : 'published', quarantined, context), relation: node.alias },
    entryOf('released', quarantined, context),
  ];
  return publishData({ node, compiled: undefined, data }, entries, within);
}

/** Throws data in quarantine away. */
export async function drop(quarantined: Quarantined, context: StepContext): Promise<void> {
  const { entry, relation } = quarantined;
  const note = ledgerStatement({ relation }, entryOf('dropped', quarantined, context), context);
  const { statements } = context.shelves.adapter;
  await sendTogether([statements.dropRelation(relation), note], entry.asset, context);
}

/** What the node's table would hold with the data. Throws `Problem` as `release`. */
export async function previewOf(node: Node, quarantined: Quarantined, context: StepContext): Promise<StagedPreview> {
  const data = dataOf(quarantined);
  const alone = {
    query: `select * from ${context.shelves.adapter.statements.renderRelation(data.relation)}`,
    changesRows: false,
  };
  if (data.content === 'table') return alone;
  await refuseOther(node, quarantined, context);
  const { aside, materializing } = await prepareAside(node, undefined, ofPartition(node, quarantined.entry, context));
  return aside.preview ? aside.preview(materializing, data.relation) : alone;
}

function dataOf({ entry, relation }: Quarantined): StagedData {
  return { content: entry.content, relation, preview: relation, rowsAffected: entry.rows };
}

function refusal(node: Node, why: string): Problem {
  const { definition } = node.origin;
  const name = modelName(node, node.unique_id);
  return new Problem(
    error('execute/not-releasable', `The data in quarantine does not fit '${name}': ${why}`, {
      span: { ...definition, end: definition.start },
      hint: `Build it anew (ingot build --select ${name}), and drop what is in quarantine (ingot quarantine drop ${name})`,
    }),
  );
}

/** The context in which the partitions of an entry are published. */
function ofPartition(node: Node, { partitionKey: key }: LedgerEntry, context: StepContext): StepContext {
  if (key === '') return context;
  const definition = node.resource_type === 'model' ? partitionsOf(node, context.graph.project.settings) : undefined;
  const keys = definition && readKeySet(definition, key);
  if (!definition || !keys || keys.unknown.length > 0) throw refusal(node, `it has no partition '${key}' now`);
  return { ...context, partition: { key, slice: { definition, keys: keys.set } } };
}

/** Where no partition has been published yet, there is no table that the first could be put into. */
async function makeTable(node: Node, { relation }: StagedData, context: StepContext): Promise<void> {
  const existing = await context.relations.get(context.session, targetRelation(node, context.graph));
  if (existing?.type === 'table') return;
  const { aside, materializing } = await prepareAside(node, undefined, context);
  const sql = `select * from ${context.shelves.adapter.statements.renderRelation(relation)}`;
  const made = await aside.prepareTarget?.({ ...materializing, sql });
  if (made) await context.relations.put(made);
}

async function refuseOther(node: Node, { entry }: Quarantined, context: StepContext): Promise<void> {
  const { content, partitionKey } = entry;
  const { aside } = context.shelves.materializations.get(node.config.materialized) ?? {};
  if (!canStage(node, context) || !aside?.contents.includes(content)) {
    throw refusal(node, `it is kept as '${node.config.materialized}' now`);
  }
  const target = await context.relations.get(context.session, targetRelation(node, context.graph));
  if (content === 'rows' && partitionKey === '' && target?.type !== 'table') {
    throw refusal(node, 'the table to which its rows belong is not there');
  }
}

function entryOf(event: LedgerEvent, { entry }: Quarantined, { now }: StepContext): LedgerEntry {
  return { ...entry, event, at: now() };
}
