import { join } from 'node:path';
import type { CompiledNode } from '../3-compile/index.ts';
import {
  didYouMeanHint,
  error,
  type Materialization,
  type MaterializationContext,
  type MaterializationResult,
  type Node,
  Problem,
  type Relation,
  StatementError,
  type StatementResult,
} from '../core/index.ts';
import type { StepContext, StepResult } from './context.ts';
import { customMaterialization, runCustomMaterialization } from './custom-materialization.ts';
import { executeRecorded } from './execute-recorded.ts';
import { describeFailure } from './failure.ts';
import { recordedSession } from './recorded-session.ts';
import { runsInBatches, strategySql } from './strategy-macro.ts';

/** Brings a model or seed about with the materialization that its configuration names. */
export async function runMaterialization(
  node: Node,
  compiled: CompiledNode | undefined,
  context: StepContext,
): Promise<StepResult> {
  const custom = customMaterialization(node, context);
  if (custom) return runCustomMaterialization(custom, node, compiled, context);
  const materialization = findMaterialization(node, context);
  const target: Relation = { database: node.database, schema: node.schema, identifier: node.alias };
  const existing = await context.relations.get(context.session, target);
  const leftovers = await findLeftovers(target, context);
  const result = await materialization.materialize({
    ...makeContext(node, compiled, target, existing, context),
    leftovers,
  });
  for (const relation of leftovers) await context.relations.remove(relation);
  for (const relation of result.relations) await context.relations.put(relation);
  return {
    status: statusOf(result),
    message: result.message,
    failures: null,
    rowsAffected: result.rowsAffected,
    relationName: node.relation_name,
    batchResults: result.batches && {
      successful: result.batches.successful.map(isoPair),
      failed: result.batches.failed.map(isoPair),
    },
    diagnostics: (result.failures ?? []).flatMap((failure) => describeFailure(failure, node, compiled)),
  };
}

const isoPair = ([start, end]: readonly [Date, Date]): [string, string] => [start.toISOString(), end.toISOString()];

function statusOf({ batches, nothingBuilt }: MaterializationResult): StepResult['status'] {
  if (!batches || batches.failed.length === 0) return 'success';
  return nothingBuilt || batches.successful.length === 0 ? 'error' : 'partial success';
}

/** A failed batch is told with its place in the template while its text is known; the next batch has another. */
function placed(failure: unknown, node: Node, compiled: CompiledNode): unknown {
  const isPlain = failure instanceof StatementError && !failure.cancelled;
  return isPlain ? new Problem(...describeFailure(failure, node, compiled)) : failure;
}

/** What a run that died in the middle left beside the target. */
async function findLeftovers(target: Relation, { relations, session }: StepContext): Promise<readonly Relation[]> {
  const names = ['__dbt_tmp', '__dbt_backup'].map((suffix) => ({ ...target, identifier: target.identifier + suffix }));
  const found = await Promise.all(names.map((relation) => relations.get(session, relation)));
  return found.filter((relation) => relation !== undefined);
}

function findMaterialization(node: Node, { graph, shelves }: StepContext): Materialization {
  const name = node.config.materialized;
  const found = shelves.materializations.get(name);
  if (found) return found;
  throw new Problem(
    error('execute/unknown-materialization', `No materialization '${name}' was found for '${node.name}'`, {
      span: node.origin.definition,
      hint: didYouMeanHint(name, [...shelves.materializations.keys(), ...customNames(graph)]),
    }),
  );
}

/** What the blocks of the project and its packages are called. */
function customNames({ project }: StepContext['graph']): readonly string[] {
  return [...project.macros.values()].flatMap(({ name }) => /^materialization_(.+)_[^_]+$/.exec(name)?.[1] ?? []);
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
  const execute = (sql: string): Promise<StatementResult> =>
    executeRecorded(sql, node.unique_id, context).catch((failure: unknown) => {
      throw ofBatch ? placed(failure, node, ofBatch) : failure;
    });
  return {
    node,
    sql: compiled?.sql ?? '',
    target,
    existing,
    adapter: context.shelves.adapter,
    session,
    environment,
    fullRefresh: node.config.full_refresh ?? environment.flags.fullRefresh,
    execute,
    async runHooks(when, inside) {
      for (const hook of node.config[when] ?? []) {
        if (hook.transaction !== inside) continue;
        const sql = await compiler.render(hook.sql, node, session);
        if (sql.trim() !== '') await execute(sql);
      }
    },
    seedFile: node.resource_type === 'seed' ? join(node.root_path, node.original_file_path) : undefined,
    async compileBatch(start, end, batch) {
      ofBatch = await compiler.compile(node.unique_id, session, { start, end, ...batch });
      await context.writeCompiled(node.unique_id, ofBatch.sql, batch.label);
      return ofBatch.sql;
    },
    strategySql: (strategy) => strategySql(node, strategy, context, recordedSession(node.unique_id, context)),
    inBatches: runsInBatches(node, context),
    previousBatches: context.retried?.batches.get(node.unique_id),
    batchesUntil: context.retried?.startedAt,
    warn(text) {
      context.emit({ kind: 'message', at: context.now(), level: 'warn', text, nodeId: node.unique_id });
    },
  };
}
