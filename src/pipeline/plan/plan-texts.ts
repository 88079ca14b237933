import { partitionsOf } from '../../1-parse/index.ts';
import { type CompiledNode, type Compiler, createCompiler } from '../../3-compile/index.ts';
import { batchesOf, type Plan, type Step } from '../../4-plan/index.ts';
import { looksAtRows, rehearse, restOf } from '../../5-execute/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  type Diagnostic,
  formatKeySet,
  hasOwnCode,
  type PartitionSlice,
  type Relation,
  type RelationCache,
  type Session,
  type StagedData,
  stepId,
  type Warehouse,
} from '../../core/index.ts';
import { analysisOf } from '../analysis.ts';
import { deferredRelations } from '../defer.ts';
import { stopIfInterrupted } from '../interruption.ts';
import { keptColumns, keptTranslations } from '../kept-results.ts';
import { RunRecord } from '../run-record.ts';
import { testedBefore, testingIn } from '../tested-before.ts';
import { translatorOf } from '../translation.ts';

/** The SQL of a plan's steps, and what they would send, as far as it can be known before anything is built. */
export interface PlanTexts {
  /** Files with compiled SQL, by the id of their node. */
  readonly compiled: ReadonlyMap<string, string>;
  /** By `stepId`. */
  readonly statements: ReadonlyMap<string, readonly string[]>;
  /** Where models read outside their partition mappings. */
  readonly diagnostics: readonly Diagnostic[];
}

export const noTexts: PlanTexts = { compiled: new Map(), statements: new Map(), diagnostics: [] };

interface Surroundings {
  readonly call: Call;
  readonly host: Host;
  readonly warehouse: Warehouse;
  readonly relations: RelationCache;
  readonly selected: readonly string[];
}

/** Compiles each node once, and rehearses each step; of a node with partitions, for its first statement. */
export async function planTexts(
  plan: Plan,
  loaded: Loaded,
  { call, host, warehouse, relations, selected }: Surroundings,
): Promise<PlanTexts> {
  const { graph, environment, shelves } = loaded;
  const record = new RunRecord(loaded, { ...call, command: 'compile' }, host);
  const deferred = await deferredRelations(loaded, call, { selected, builds: true, relations, warehouse });
  const compiling = { graph, environment, shelves, relations, deferred, selected };
  const quiet = { ...compiling, emit: () => undefined, now: () => environment.startedAt.getTime() };
  const known = keptColumns(loaded);
  const analysis = analysisOf(loaded, {
    compiler: createCompiler(quiet),
    warehouse: call.introspect ? warehouse : undefined,
    known,
  });
  const translations = keptTranslations(loaded);
  const translator = await translatorOf(loaded, analysis, translations);
  const input = { ...quiet, translate: translator?.translate, columnsOf: analysis.columnsOf };
  const compiler = createCompiler(input);
  // Nothing runs, so nobody stops it.
  const context = { ...quiet, compiler, warehouse, thread: 0, signal: new AbortController().signal };
  const compiled = new Map<string, string>();
  const statements = new Map<string, readonly string[]>();
  const diagnostics: Diagnostic[] = [];
  const staged = new Map<string, StagedData>();
  const inParts = new Set(plan.steps.flatMap(({ nodeId, partitions }) => (partitions === undefined ? [] : nodeId)));
  const hasTested = await testedBefore(testingIn(plan), loaded, call);
  const reading: Reading = { graph, shelves, hasTested, isInParts: (id) => inParts.has(id) };
  const previewed = new Set(plan.steps.flatMap((step) => readAsWhole(step, reading)));
  const session = await warehouse.openSession();
  try {
    for (const step of plan.steps) {
      stopIfInterrupted(host.signal);
      const node = graph.nodes.get(step.nodeId);
      if (!node || !hasOwnCode(node) || node.resource_type === 'seed') continue;
      const slice = firstSlice(step, loaded);
      const text = await compileOne(compiler, step, session, slice);
      if (!text) continue;
      if (!compiled.has(step.nodeId)) diagnostics.push(...(await analysis.mapping(step.nodeId)));
      const path = compiled.get(step.nodeId) ?? record.writeCompiled(step.nodeId, text.sql);
      compiled.set(step.nodeId, path);
      const read = whatIsRead(step, staged, reading);
      if (!read) continue;
      const partition = slice && { key: formatKeySet(slice.definition, slice.keys), slice };
      const within = { ...context, session, partition, writeCompiled: () => path };
      if (step.except) read.set(step.except.nodeId, await restOf(step.except, within));
      const onStaged = createCompiler({ ...input, deferred: new Map([...(deferred ?? []), ...read]) });
      const sent = read.size > 0 ? await compileOne(onStaged, step, session, slice) : text;
      const rehearsal = sent && (await rehearse(step, sent, within, previewed.has(step.nodeId)));
      if (rehearsal?.data) staged.set(step.nodeId, rehearsal.data);
      if (rehearsal) statements.set(stepId(step), rehearsal.statements);
    }
  } finally {
    await session.close();
  }
  stopIfInterrupted(host.signal);
  known.save();
  translations.save();
  return { compiled, statements, diagnostics };
}

/** What a template asks of tables that are not there yet, it cannot be told before it runs. */
async function compileOne(
  compiler: Compiler,
  { nodeId }: Step,
  session: Session,
  slice: PartitionSlice | undefined,
): Promise<CompiledNode | undefined> {
  try {
    return await compiler.compile(nodeId, session, undefined, slice);
  } catch {
    return undefined;
  }
}

/** The nodes that a test reads as they will be, and not their new rows alone. */
function readAsWhole({ nodeId, staged = [] }: Step, { isInParts, ...known }: Reading): readonly string[] {
  const test = known.graph.nodes.get(nodeId);
  return staged.filter((id) => test?.resource_type === 'test' && !looksAtRows(test, id, known, isInParts(id)));
}

interface Reading extends Pick<Loaded, 'graph' | 'shelves'> {
  readonly hasTested: (testId: string, nodeId: string) => boolean;
  /** Whether a node is built by partitions, each with a test of its own. */
  readonly isInParts: (nodeId: string) => boolean;
}

/** Where a test finds what was staged; undefined where nobody knows. */
function whatIsRead(
  step: Step,
  staged: ReadonlyMap<string, StagedData>,
  reading: Reading,
): Map<string, Relation> | undefined {
  const asWhole = readAsWhole(step, reading);
  const found = new Map<string, Relation>();
  for (const id of step.staged ?? []) {
    const data = staged.get(id);
    if (!data) return undefined;
    found.set(id, data.changesRows || asWhole.includes(id) ? data.preview : data.relation);
  }
  return found;
}

/** The partitions of the step's first statement. */
function firstSlice(step: Step, { graph }: Loaded): PartitionSlice | undefined {
  if (step.partitions === undefined || step.batches) return undefined;
  const node = graph.nodes.get(step.nodeId);
  const definition = node?.resource_type === 'model' ? partitionsOf(node, graph.project.settings) : undefined;
  const [keys] = definition ? batchesOf(definition, step) : [];
  return definition && keys && { definition, keys };
}
