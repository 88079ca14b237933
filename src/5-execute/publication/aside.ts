import { type CodeVersions, createCodeVersions } from '../../3-compile/index.ts';
import type { Step } from '../../4-plan/index.ts';
import {
  error,
  formatKeySet,
  isNone,
  type LedgerEntry,
  type LedgerEvent,
  leftoverNames,
  type Node,
  quarantineRelation,
  type Relation,
  type StagedData,
  type StepFinished,
  stagingNames,
  stepId,
  subtractKeys,
  withoutPart,
} from '../../core/index.ts';
import type { StepContext, StepResult } from '../context.ts';
import { executeRecorded } from '../execute-recorded.ts';
import { describeFailure } from '../failure.ts';
import { modelName, partitionFlag } from '../model-name.ts';
import { compileAndRun } from '../run-step.ts';
import { targetRelation } from '../target-relation.ts';
import { CodeDescriptions } from './describe-code.ts';
import { filledOf } from './filled.ts';
import { ledgerEntry, publishedPartition } from './ledger-entry.ts';
import { looksAtRows } from './looks-at-rows.ts';
import { beginAnew, makeTarget, refuseOtherColumns, restOf, rowsAsKept, showPreview } from './partition-relations.ts';
import { ledgerStatement, type Publishable, prepareAside, publishData, sendTogether } from './publication.ts';

/** Data of a node that waits for its tests. */
interface Waiting extends Publishable {
  /** Of the logic that made the data. */
  readonly codeVersion: string;
  /** What stands under the node's name meanwhile, if anything does. */
  readonly existing: Relation | undefined;
  /** Undefined where it is all of the node. */
  readonly partition: StepContext['partition'];
  /** Whether all partitions are built anew. */
  readonly isAnew: boolean;
  /** How staging ended; told once the data is published, or put aside. */
  readonly finished: StepFinished;
}

/** The data of a run that was built and is not published yet. */
export class Aside {
  readonly #waiting = new Map<string, Waiting>();
  readonly #targets = new Map<string, Promise<void>>();
  /** Publications of a node that have to wait for each other, by its id: the last of them. */
  readonly #turns = new Map<string, Promise<void>>();
  readonly #previews = new Map<string, Promise<Relation>>();
  /** Rows of partitions that tests have read, by their step. */
  readonly #rows = new Map<string, Promise<Relation>>();
  /** What the steps of a node share, by its id. */
  readonly #memories = new Map<string, Map<string, Promise<unknown>>>();
  #versions: CodeVersions | undefined;
  readonly #descriptions = new CodeDescriptions();

  /** Builds a node's data aside. How it ended is given only if it did not end well: else there is nothing to tell yet. */
  async stage(step: Step, context: StepContext): Promise<StepFinished | undefined> {
    let waiting: Omit<Waiting, 'finished'> | undefined;
    const finished = await compileAndRun<Node>(step, 'run', context, async (node, compiled) => {
      const { aside, materializing } = await prepareAside(node, compiled, context);
      const data = await aside.stage(materializing).catch(async (failure: unknown) => {
        await cleanUp(node, context);
        throw failure;
      });
      for (const relation of materializing.leftovers ?? []) await context.relations.remove(relation);
      const version = await this.codeOf(node, context);
      const { existing } = materializing;
      waiting = {
        node,
        compiled,
        data,
        existing,
        partition: context.partition,
        isAnew: isBuiltAnew(step),
        codeVersion: version,
      };
      return { status: 'success', message: data.message ?? 'OK', failures: null, rowsAffected: data.rowsAffected };
    });
    if (!waiting) return finished;
    this.#waiting.set(keyOf(step), { ...waiting, finished });
    return undefined;
  }

  /** The version of a node's code, which is noted with what it does. */
  async codeOf(node: Node, context: StepContext): Promise<string> {
    this.#versions ??= createCodeVersions(context);
    const version = await this.#versions(node.unique_id);
    await this.#descriptions.describe(node, version, context);
    return version;
  }

  /** The context of a test: it reads what is staged in place of what is published. */
  async contextOf(step: Step, context: StepContext): Promise<StepContext> {
    if (!step.staged) return context;
    if (!context.compilerReading) throw new Error('nothing can be read in place of what is published');
    const node = context.graph.nodes.get(step.nodeId);
    const relations = new Map<string, Relation>();
    const staged = new Map<string, StagedData>();
    const waiting = step.staged.map((id) => {
      const ofStep = keyOf({ ...step, nodeId: id });
      return { id, key: this.#waiting.has(ofStep) ? ofStep : id, isOfStep: this.#waiting.has(ofStep) };
    });
    if (step.except) relations.set(step.except.nodeId, await restOf(step.except, context));
    // The node by whose partition the step is called comes first.
    for (const { id, key, isOfStep } of waiting.sort((one, other) => Number(other.isOfStep) - Number(one.isOfStep))) {
      if (!this.#waiting.has(key)) continue;
      const isPartition = isOfStep && step.partition !== undefined;
      const canBeRows = node?.resource_type === 'test' && !this.#dataOf(key).changesRows;
      const rowsOnly = canBeRows && looksAtRows(node, id, context, isPartition);
      relations.set(id, rowsOnly ? await this.#rowsOf(key, context) : (await this.#withPreview(key, context)).preview);
      staged.set(id, this.#dataOf(key));
    }
    return { ...context, compiler: context.compilerReading(relations), staged };
  }

  #dataOf(key: string): StagedData {
    return (this.#waiting.get(key) as Waiting).data;
  }

  /** What was staged, as the table will hold it: once for all tests. */
  #rowsOf(key: string, context: StepContext): Promise<Relation> {
    const waiting = this.#waiting.get(key) as Waiting;
    const { partition, isAnew, data } = waiting;
    if (!partition?.slice) return Promise.resolve(data.relation);
    const known = this.#rows.get(key) ?? rowsAsKept(waiting, this.#contextAt(waiting, context), isAnew);
    this.#rows.set(key, known);
    return known;
  }

  /** Partitions are shown in the whole of their table only where a test wants to see it: once for all tests. */
  async #withPreview(key: string, context: StepContext): Promise<StagedData> {
    const waiting = this.#waiting.get(key) as Waiting;
    const { partition, isAnew } = waiting;
    if (!partition?.slice || waiting.data.preview !== waiting.data.relation) return waiting.data;
    const known =
      this.#previews.get(key) ?? showPreview(waiting, partition.slice, this.#contextAt(waiting, context), isAnew);
    this.#previews.set(key, known);
    const data = { ...waiting.data, preview: await known };
    this.#waiting.set(key, { ...waiting, data });
    return data;
  }

  /**
   * Publishes what was staged, or puts it aside.
   *
   * @param failed the tests that stand against it.
   * @returns undefined where nothing was staged, of which somebody else has told.
   */
  async publish(step: Step, failed: readonly string[], context: StepContext): Promise<StepFinished | undefined> {
    const waiting = this.#waiting.get(keyOf(step));
    if (!waiting) return undefined;
    this.#waiting.delete(keyOf(step));
    const { node, compiled, finished } = waiting;
    const ended = (result: StepResult): StepFinished => ({
      ...finished,
      at: context.now(),
      ...result,
      diagnostics: result.diagnostics ?? [],
    });
    this.#previews.delete(keyOf(step));
    const wasRead = this.#rows.delete(keyOf(step));
    try {
      if (failed.length > 0) return ended(await putAside(waiting, failed, context));
      if (step.partition === undefined) return ended(await publishWhole(waiting, context));
      await this.#prepareTarget(waiting, context);
      const mayBeOther = waiting.isAnew || waiting.existing?.type !== 'table';
      if (wasRead && mayBeOther) await refuseOtherColumns(waiting, context);
      const within = { ...context, memory: this.#memoryOf(node) };
      return ended(await this.#inTurn(node, () => publish(waiting, within)));
    } catch (failure) {
      await cleanUp(node, context);
      const diagnostics = describeFailure(failure, node, compiled, context.graph);
      const message = diagnostics.map((diagnostic) => diagnostic.message).join('\n');
      return ended({ status: 'error', message, failures: null, rowsAffected: null, diagnostics });
    }
  }

  /** Partitions that may change the table's columns come into it one after the other; all others at the same time. */
  async #inTurn<T>({ unique_id: id, config }: Node, work: () => Promise<T>): Promise<T> {
    const { on_schema_change: change } = config;
    if (change === undefined || change === null || change === 'ignore') return work();
    const before = this.#turns.get(id) ?? Promise.resolve();
    const mine = before.then(work);
    this.#turns.set(
      id,
      mine.then(
        () => undefined,
        () => undefined,
      ),
    );
    return mine;
  }

  /** The context of a partition, with what is known of its node. */
  #contextAt({ node, partition }: Waiting, context: StepContext): StepContext {
    return { ...context, partition, memory: this.#memoryOf(node) };
  }

  #memoryOf({ unique_id: id }: Node): Map<string, Promise<unknown>> {
    const memory = this.#memories.get(id) ?? new Map<string, Promise<unknown>>();
    this.#memories.set(id, memory);
    return memory;
  }

  /** Whether data of a step waits. */
  has(step: Step): boolean {
    return this.#waiting.has(keyOf(step));
  }

  /**
   * Partitions are published at the same time; the table that they are put into is made once. Where all are built anew,
   * what has become no partition goes before the first of them.
   */
  async #prepareTarget(waiting: Waiting, context: StepContext): Promise<void> {
    const { node, isAnew } = waiting;
    const existing = await context.relations.get(context.session, targetRelation(node, context.graph));
    if (existing?.type === 'table' && !isAnew) return;
    const known = this.#targets.get(node.unique_id);
    const entry = waitingEntry('kept', waiting, context);
    const making = known ?? (existing?.type === 'table' ? beginAnew : makeTarget)(waiting, entry, context);
    this.#targets.set(node.unique_id, making);
    await making;
  }

  /** Throws away what was staged in a run that ends before it could be published. */
  async discard(step: Step, context: StepContext): Promise<void> {
    const waiting = this.#waiting.get(keyOf(step));
    this.#waiting.delete(keyOf(step));
    if (waiting) await cleanUp(waiting.node, context);
  }
}

const isBuiltAnew = ({ reasons = [] }: Step): boolean => reasons.some(({ kind }) => kind === 'full-refresh');

const keyOf = ({ nodeId, partition }: Step): string => stepId({ nodeId, partition });

/** Whether it succeeds does not matter: what stays is dropped by a later run. */
async function cleanUp(node: Node, { graph, session, shelves, partition, environment }: StepContext): Promise<void> {
  const target = targetRelation(node, graph);
  if (partition?.slice) {
    const part = formatKeySet(partition.slice.definition, partition.slice.keys);
    const relations = stagingNames(target, environment, part);
    for (const [index, relation] of relations.entries()) {
      const type = index === 0 ? 'table' : 'view';
      await session.execute(shelves.adapter.statements.dropRelation({ ...relation, type })).catch(() => undefined);
    }
    return;
  }
  const names = new Set([...leftoverNames(target), ...stagingNames(target, environment)].map(nameKey));
  const found = await session.listRelations(node.database, node.schema, target.quote).catch(() => []);
  for (const relation of found.filter((one) => names.has(nameKey(one)))) {
    await session.execute(shelves.adapter.statements.dropRelation(relation)).catch(() => undefined);
  }
}

const nameKey = ({ identifier }: Relation): string => (identifier ?? '').toLowerCase();

/** Where nothing stood in the target's place, another run may have been first: then there is something to replace. */
async function publishWhole(waiting: Waiting, context: StepContext): Promise<StepResult> {
  try {
    return await publish(waiting, context);
  } catch (failure) {
    if (!(await wasMadeByOthers(waiting, context))) throw failure;
    return publish(waiting, context);
  }
}

async function wasMadeByOthers(
  { node, data, existing }: Waiting,
  { graph, relations, session }: StepContext,
): Promise<boolean> {
  if (existing) return false;
  relations.forget(node.database, node.schema);
  const isThere = async (relation: Relation): Promise<boolean> =>
    (await relations.get(session, relation)) !== undefined;
  return (await isThere(data.relation)) && isThere(targetRelation(node, graph));
}

async function publish(waiting: Waiting, context: StepContext): Promise<StepResult> {
  const event = context.partition ? publishedPartition(context) : 'published';
  return publishData(waiting, [waitingEntry(event, waiting, context)], context);
}

/** What failed its tests is kept where nobody reads it by accident; of a query there is nothing to keep. */
async function putAside(waiting: Waiting, failed: readonly string[], context: StepContext): Promise<StepResult> {
  const { node, data } = waiting;
  const { statements } = context.shelves.adapter;
  const kept = data.content === 'query' ? undefined : quarantineOf(waiting, context);
  if (kept) {
    const withoutPreview = data.preview === data.relation ? [] : [statements.dropRelation(data.preview)];
    const isNarrowed = context.partition !== undefined && publishedPartition(context) === 'narrowed';
    const events: readonly LedgerEvent[] = isNarrowed ? ['narrowed', 'quarantined'] : ['quarantined'];
    const notes = events.map((event) => ledgerStatement(data, waitingEntry(event, waiting, context, kept), context));
    // A definition may commit what is open: what nobody has noted would not be found again.
    const sqls = [...notes, ...withoutPreview, statements.renameRelation(data.relation, kept)];
    await sendTogether(sqls, node.unique_id, context);
    await context.relations.put(kept);
  } else {
    await executeRecorded(statements.dropRelation(data.relation), node.unique_id, context);
  }
  await context.relations.remove(data.relation);
  const meanwhile = await dataBefore(waiting, context);
  return { ...heldBack(waiting, failed, kept !== undefined, meanwhile, context), relationName: node.relation_name };
}

function quarantineOf({ node, data }: Waiting, { environment, partition }: StepContext): Relation {
  return quarantineRelation({ ...data.relation, identifier: node.alias }, environment.invocationId, partition?.key);
}

/** What readers have, as long as the new data is not published. */
async function dataBefore({ node, existing }: Waiting, context: StepContext): Promise<string> {
  const slice = context.partition?.slice;
  const filled = slice && existing ? await filledOf(node, slice, context) : undefined;
  if (!existing || (filled && isNone(filled))) return 'nothing is published';
  const isPart = slice && filled && !isNone(subtractKeys(slice.keys, filled));
  return `readers still see the data from before${isPart ? ` of ${formatKeySet(slice.definition, filled)}` : ''}`;
}

function heldBack(
  { node }: Waiting,
  failed: readonly string[],
  isKept: boolean,
  meanwhile: string,
  { graph, partition }: StepContext,
): StepResult {
  // Steps of one partition are told apart by it.
  const names = [...new Set(failed.map((id) => graph.nodes.get(withoutPart(id).replace(/\[.*$/, ''))?.name ?? id))];
  const because = names.length === 1 ? `the test ${names[0]}` : `${names.length} tests (${names.join(', ')})`;
  const message = `Held back by ${because}: ${meanwhile}`;
  const { definition } = node.origin;
  const span = { ...definition, end: definition.start };
  const hint = isKept
    ? `See the new data: ingot quarantine show ${modelName(node, node.unique_id)}${partitionFlag(partition)}`
    : undefined;
  const diagnostics = [error('execute/held-back', message, { span, hint })];
  return { status: 'error', message, failures: null, rowsAffected: null, diagnostics };
}

function waitingEntry(
  event: LedgerEvent,
  { node, data, codeVersion }: Waiting,
  context: StepContext,
  kept?: Relation,
): LedgerEntry {
  return ledgerEntry(event, node, context, {
    partitionKey: context.partition?.key ?? '',
    codeVersion,
    rows: data.rowsAffected,
    content: data.content,
    relation: kept?.identifier ?? node.alias,
  });
}
