import { join } from 'node:path';
import { overridingMacro, settingPlace, valueInProject } from '../1-parse/index.ts';
import type { Batch, CompiledNode } from '../3-compile/index.ts';
import {
  type Diagnostic,
  didYouMeanHint,
  error,
  type Json,
  jsonToValue,
  leftoverNames,
  type Materialization,
  type MaterializationContext,
  type MaterializationResult,
  type Node,
  Problem,
  type Relation,
  type Span,
  StatementError,
  type StatementResult,
} from '../core/index.ts';
import { truthy } from '../jinja/index.ts';
import type { StepContext, StepResult } from './context.ts';
import { executeRecorded } from './execute-recorded.ts';
import { describeFailure, explainFailure } from './failure.ts';
import { customMaterialization, runCustomMaterialization } from './macros/custom-materialization.ts';
import { nodeMacro, ownMacro } from './macros/node-macro.ts';
import { hasStrategyMacro, runsInBatches, strategySql } from './macros/strategy-macro.ts';
import { recordedSession } from './recorded-session.ts';
import { targetRelation } from './target-relation.ts';
import { sqlNames, withSql } from './with-sql.ts';

/** Brings a model, seed or snapshot about with the materialization that its configuration names. */
export async function runMaterialization(
  node: Node,
  compiled: CompiledNode | undefined,
  context: StepContext,
): Promise<StepResult> {
  const custom = customMaterialization(node, context);
  if (custom) {
    return runCustomMaterialization(custom, node, compiled, context, async (materialized) => {
      const wrapped = Object.assign({ ...node }, { config: { ...node.config, materialized } });
      const result = await materialize(wrapped, compiled, context);
      for (const failure of result.failures ?? []) throw failure;
      return result;
    });
  }
  const result = await materialize(node, compiled, context);
  const status = statusOf(result);
  const diagnostics = (result.failures ?? []).flatMap((failure) =>
    describeFailure(failure, node, compiled, context.graph),
  );
  return {
    status,
    // Of what has failed as a whole, why is more than that it has.
    message: status === 'error' ? diagnostics.map(({ message }) => message).join('\n') : result.message,
    // dbt's number for models that are built by batches.
    failures: result.batches ? 0 : null,
    rowsAffected: result.rowsAffected,
    relationName: node.relation_name,
    batchResults: result.batches && {
      successful: result.batches.successful.map(isoPair),
      failed: result.batches.failed.map(isoPair),
    },
    diagnostics,
  };
}

async function materialize(
  node: Node,
  compiled: CompiledNode | undefined,
  context: StepContext,
): Promise<MaterializationResult> {
  const { materialization, materializing } = await prepareMaterialization(node, compiled, context);
  const result = await tagged(materializing, () => materialization.materialize(materializing));
  for (const relation of materializing.leftovers ?? []) await context.relations.remove(relation);
  for (const relation of result.relations) await context.relations.put(relation);
  return result;
}

/**
 * A project may have macros that say before and after what the warehouse is to write beside its statements. Only where
 * dbt's adapter has such macros does it ask for them.
 */
async function tagged<T>({ adapter, ownMacro }: MaterializationContext, work: () => Promise<T>): Promise<T> {
  const has = adapter.capabilities.ownMacros?.includes('set_query_tag');
  const set = has ? ownMacro?.('set_query_tag') : undefined;
  if (!set) return work();
  const before = await set();
  try {
    return await work();
  } finally {
    await ownMacro?.('unset_query_tag')?.(before);
  }
}

/** The built-in materialization of a node, and what it needs. */
export async function prepareMaterialization(
  node: Node,
  compiled: CompiledNode | undefined,
  context: StepContext,
): Promise<{ readonly materialization: Materialization; readonly materializing: MaterializationContext }> {
  const materialization = findMaterialization(node, context);
  if (node.language === 'python') throw new Problem(pythonNode(node));
  const configured = context.compiler.withForeignKeys(withCatalog(node, context));
  const target = targetRelation(configured, context.graph);
  const existing = await context.relations.get(context.session, target);
  const leftovers = await findLeftovers(target, context);
  const made = makeContext(configured, compiled, target, existing, context);
  const own = await made.ownMacro?.('should_full_refresh')?.();
  const fullRefresh = own === undefined ? made.fullRefresh : truthy(own);
  const batches = await context.batches?.();
  return { materialization, materializing: { ...made, fullRefresh, leftovers, batches } };
}

/**
 * Whether a node's data can be built aside and published after its tests. What a macro of the project writes, nobody can
 * take apart.
 */
export function canStage(node: Node, { graph, shelves }: Pick<StepContext, 'graph' | 'shelves'>): boolean {
  if (customMaterialization(node, { graph, shelves })) return false;
  if (node.config.materialized === 'incremental' && hasStrategyMacro(node, { graph, shelves })) return false;
  if (node.resource_type === 'snapshot' && hasSnapshotMacro(node, { graph, shelves })) return false;
  const aside = shelves.materializations.get(node.config.materialized)?.aside;
  return aside !== undefined && (aside.can?.(node, shelves.adapter) ?? true);
}

/** What brings versions into the table decides what it will hold, which tests are to see before. */
function hasSnapshotMacro(node: Node, { graph, shelves }: Pick<StepContext, 'graph' | 'shelves'>): boolean {
  const find = (name: string) => overridingMacro(graph.project, name, shelves.adapter.type, node.package_name);
  return ['snapshot_merge_sql', 'create_columns', 'post_snapshot'].some((name) => find(name) !== undefined);
}

const isoPair = ([start, end]: readonly [Date, Date]): [string, string] => [iso(start), iso(end)];

/** As dbt writes it; batches begin with an hour. */
const iso = (moment: Date): string => moment.toISOString().replace(/\.\d+Z$/, '+00:00');

function statusOf({ batches, nothingBuilt }: MaterializationResult): StepResult['status'] {
  if (!batches || batches.failed.length === 0) return 'success';
  return nothingBuilt || batches.successful.length === 0 ? 'error' : 'partial success';
}

/**
 * A failed batch is told with its place in the template while its text is known; the next batch has another. What may
 * pass is not told yet: its transaction is run again.
 */
async function placed(failure: unknown, node: Node, compiled: CompiledNode, context: StepContext): Promise<unknown> {
  const isPlain = failure instanceof StatementError && !failure.cancelled && !failure.mayPass;
  return isPlain ? new Problem(...(await explainFailure(failure, node, compiled, context))) : failure;
}

/** What a run that died in the middle left beside the target. */
async function findLeftovers(target: Relation, { relations, session }: StepContext): Promise<readonly Relation[]> {
  const found = await Promise.all(leftoverNames(target).map((relation) => relations.get(session, relation)));
  return found.filter((relation) => relation !== undefined);
}

/** Parsed, so that whatever reads it has a meaning; but nothing here runs it. */
function pythonNode({ name, resource_type: type, origin: { definition } }: Node): Diagnostic {
  return error('execute/python', `'${name}' is a Python ${type}, which Ingot cannot run`, {
    span: { ...definition, end: definition.start },
    hint: `Write it in SQL, or leave it and what reads it out: --exclude ${name}+`,
  });
}

/** A node with what its catalog adds to its settings. */
function withCatalog(node: Node, { shelves, graph }: Pick<StepContext, 'shelves' | 'graph'>): Node {
  if (node.config.catalog_name === undefined || !shelves.adapter.withCatalog) return node;
  const config = shelves.adapter.withCatalog(node.config, graph.project.settings.catalogs ?? new Map());
  return { ...node, config } as Node;
}

function findMaterialization(node: Node, { graph, shelves }: StepContext): Materialization {
  const name = node.config.materialized;
  const found = shelves.materializations.get(name);
  if (found) return found;
  const known = [...shelves.materializations.keys(), ...customNames(graph)];
  throw new Problem(
    error('execute/unknown-materialization', `No materialization '${name}' was found for '${node.name}'`, {
      span:
        writtenIn(node, name) ??
        valueInProject(graph.project, node, 'materialized', name) ??
        settingPlace(node, 'materialized'),
      hint: didYouMeanHint(name, known) ?? `There are ${known.sort().join(', ')}`,
    }),
  );
}

/** Where the node's own `config()` names the materialization; undefined where its text does not. */
function writtenIn({ origin, raw_code: code }: Node, name: string): Span | undefined {
  const found = ["'", '"'].map((quote) => code.indexOf(`${quote}${name}${quote}`)).find((at) => at >= 0);
  if (found === undefined) return undefined;
  const start = origin.definition.start + found;
  return { file: origin.definition.file, start, end: start + name.length + 2 };
}

/** What the blocks of the project and its packages are called. */
function customNames({ project }: StepContext['graph']): readonly string[] {
  return [...project.macros.values()].flatMap(({ name }) => /^materialization_(.+)_[^_]+$/.exec(name)?.[1] ?? []);
}

/** What dbt knows to be there before it runs hooks. Of other nodes it finds out later: `is_incremental()` stays what it was. */
const knownToHooks: ReadonlySet<string> = new Set(['table', 'view']);

/** Hooks after a build find what was built, as with `adapter.get_relation`. */
async function afterBuilding(
  { config }: Node,
  target: Relation,
  { relations }: Pick<StepContext, 'relations'>,
  runHooks: () => Promise<void>,
): Promise<void> {
  if (!knownToHooks.has(config.materialized)) return runHooks();
  await relations.put({ ...target, type: config.materialized as Relation['type'] });
  try {
    await runHooks();
  } catch (failure) {
    // It may not be there after all.
    relations.forget(target.database, target.schema ?? '');
    throw failure;
  }
}

type StepMemory = NonNullable<StepContext['memory']>;

/** What could not be found out is looked for again. */
async function remembered<T>(memory: StepMemory, name: string, find: () => Promise<T>): Promise<T> {
  const known = memory.get(name) ?? find();
  memory.set(name, known);
  try {
    return (await known) as T;
  } catch (failure) {
    memory.delete(name);
    throw failure;
  }
}

function makeContext(
  node: Node,
  compiled: CompiledNode | undefined,
  target: Relation,
  existing: Relation | undefined,
  context: StepContext,
): MaterializationContext {
  const { session, environment, compiler } = context;
  let ofBatch: CompiledNode | undefined;
  let batchNow: Batch | undefined;
  const execute = (sql: string): Promise<StatementResult> =>
    executeRecorded(sql, node.unique_id, context).catch(async (failure: unknown) => {
      throw ofBatch ? await placed(failure, node, ofBatch, context) : failure;
    });
  const memory: StepMemory = context.memory ?? new Map();
  const { adapter } = context.shelves;
  const contract = compiled?.contract;
  return {
    node: contract ? { ...node, columns: contract.columns } : node,
    sql: compiled?.sql ?? '',
    target,
    existing,
    adapter: contract ? { ...adapter, sameType: contract.sameType } : adapter,
    session,
    environment,
    fullRefresh: node.config.full_refresh ?? environment.flags.fullRefresh,
    execute,
    async runHooks(when, inside) {
      const hooks = node.config[when] ?? [];
      const own = ownMacro('run_hooks', node, compiled, context);
      if (hooks.length === 0 && !own) return;
      const code = (ofBatch ?? compiled)?.sql;
      const seen = code === undefined ? node : withSql(node, code);
      const names = code === undefined ? undefined : sqlNames(code);
      const run = async (): Promise<void> => {
        if (own) return void (await own(jsonToValue(hooks as unknown as Json), inside));
        for (const hook of hooks) {
          if (hook.transaction !== inside) continue;
          const sql = await compiler.hook(hook.sql, seen, session, names, batchNow);
          if (sql !== '') await execute(sql);
        }
      };
      await (when === 'post-hook' ? afterBuilding(node, target, context, run) : run());
    },
    partitions: context.partition?.slice,
    remember: (name, find) => remembered(memory, name, find),
    seedFile: node.resource_type === 'seed' ? join(node.root_path, node.original_file_path) : undefined,
    async compileBatch(start, end, batch) {
      batchNow = { start, end, ...batch };
      ofBatch = await compiler.compile(node.unique_id, session, batchNow);
      context.writeCompiled(node.unique_id, ofBatch.sql, batch.label);
      return ofBatch.sql;
    },
    strategySql: (strategy) => strategySql(node, strategy, context, recordedSession(node.unique_id, context)),
    render: (text) => compiler.render(text, node, session),
    macro: (name) => nodeMacro(name, node, compiled, context),
    ownMacro: (name) => ownMacro(name, node, compiled, context),
    inBatches: runsInBatches(node, context),
    // Set later: a copy with names that are there already costs a fraction of what it costs to add them.
    leftovers: undefined,
    batches: undefined,
    publication: undefined,
    previousBatches: context.retried?.batches.get(node.unique_id),
    batchesUntil: context.retried?.startedAt,
    warn(text) {
      context.emit({ kind: 'message', at: context.now(), level: 'warn', text, nodeId: node.unique_id });
    },
  };
}
