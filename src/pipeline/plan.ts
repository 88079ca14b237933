import { partitionsOf } from '../1-parse/index.ts';
import { type CompiledNode, createCodeVersions, createCompiler } from '../3-compile/index.ts';
import type { Plan } from '../4-plan/index.ts';
import type { Call, Host, Loaded } from '../cli/engine.ts';
import type { PlanOutcome } from '../cli/partition-outcomes.ts';
import {
  hasOwnCode,
  keySetOf,
  type PartitionSlice,
  pointAt,
  RelationCache,
  readKeySet,
  type Warehouse,
} from '../core/index.ts';
import { analysisOf } from './analysis.ts';
import { RunRecord } from './artifacts.ts';
import { deferredRelations } from './defer.ts';
import { lazyWarehouse } from './lazy-warehouse.ts';
import { withPartitions } from './partitions.ts';
import { documentOf } from './plan-changes.ts';
import { hasError, planOf } from './run.ts';
import { selectNodes } from './select.ts';
import { translatorOf } from './translation.ts';

/** What `build` would do, without doing it. */
export async function planLoaded(loaded: Loaded, given: Call, host: Host): Promise<PlanOutcome> {
  const call: Call = { ...given, command: 'build' };
  const { shelves, environment } = loaded;
  const selection = await selectNodes(loaded, call);
  const problems = [...loaded.diagnostics, ...selection.diagnostics];
  if (hasError(problems)) return { exitCode: 2, diagnostics: problems, plan: undefined };
  const warehouse = lazyWarehouse(() => shelves.adapter.connect(environment.target.output, { threads: 1 }));
  try {
    const relations = new RelationCache();
    const versionOf = createCodeVersions(loaded);
    const selected = planOf(loaded, call, selection.ids);
    const planned = await withPartitions({ plan: selected, loaded, call, warehouse, relations, explain: versionOf });
    problems.push(...planned.diagnostics);
    if (hasError(problems)) return { exitCode: 2, diagnostics: problems, plan: undefined };
    const compiled = call.compile
      ? await compileAll(planned.plan, loaded, { call, host, warehouse, relations, selected: selection.ids })
      : new Map<string, string>();
    const plan = await documentOf(planned.plan, loaded, call, { ...planned, compiled, versionOf });
    return { exitCode: 0, diagnostics: problems, plan };
  } finally {
    await warehouse.close();
  }
}

interface Compiling {
  readonly call: Call;
  readonly host: Host;
  readonly warehouse: Warehouse;
  readonly relations: RelationCache;
  readonly selected: readonly string[];
}

/** The files with the SQL of the steps, as far as it can be known before anything is built. */
async function compileAll(
  plan: Plan,
  loaded: Loaded,
  { call, host, warehouse, relations, selected }: Compiling,
): Promise<ReadonlyMap<string, string>> {
  const { graph, environment, shelves } = loaded;
  const record = new RunRecord(loaded, { ...call, command: 'compile' }, host);
  const deferred = await deferredRelations(loaded, call, { selected, builds: true, relations, warehouse });
  const compiling = { graph, environment, shelves, relations, deferred, selected };
  const quiet = { ...compiling, emit: () => undefined, now: () => environment.startedAt.getTime() };
  const analysis = analysisOf(loaded, {
    compiler: createCompiler(quiet),
    warehouse: call.introspect ? warehouse : undefined,
  });
  const translator = await translatorOf(loaded, analysis);
  const compiler = createCompiler({ ...quiet, translate: translator?.translate, columnsOf: analysis.columnsOf });
  const paths = new Map<string, string>();
  const session = await warehouse.openSession();
  try {
    for (const { nodeId, partitions } of plan.steps) {
      const node = graph.nodes.get(nodeId);
      if (paths.has(nodeId) || !node || !hasOwnCode(node) || node.resource_type === 'seed') continue;
      const slice = partitions === undefined ? undefined : firstSlice(nodeId, partitions, loaded);
      const compiled = await compileOne(() => compiler.compile(nodeId, session, undefined, slice));
      if (compiled) paths.set(nodeId, await record.writeCompiled(nodeId, compiled.sql));
    }
  } finally {
    await session.close();
  }
  return paths;
}

/** What a template asks of tables that are not there yet, it cannot be told before it runs. */
async function compileOne(compile: () => Promise<CompiledNode>): Promise<CompiledNode | undefined> {
  try {
    return await compile();
  } catch {
    return undefined;
  }
}

function firstSlice(id: string, partitions: string, { graph }: Loaded): PartitionSlice | undefined {
  const node = graph.nodes.get(id);
  const definition = node?.resource_type === 'model' ? partitionsOf(node, graph.project.settings) : undefined;
  const point = definition && pointAt(readKeySet(definition, partitions).set, 0);
  return definition && point && { definition, keys: keySetOf([point]) };
}
