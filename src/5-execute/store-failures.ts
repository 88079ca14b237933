import { type Relation, type RelationCache, RelationValue, type TestNode } from '../core/index.ts';
import { str } from '../jinja/index.ts';
import type { StepContext } from './context.ts';
import { executeRecorded } from './execute-recorded.ts';
import { ownMacro } from './macros/node-macro.ts';
import { targetRelation } from './target-relation.ts';

/** The last of those that keep failing rows of a test, by the run that it is of: a test may be run for many partitions. */
const keeping = new WeakMap<RelationCache, Map<string, Promise<Relation>>>();

/** Keeps the failing rows as a table or view when the test or the command asks for it: of partitions, those of all. */
export async function storeFailures(node: TestNode, sql: string, context: StepContext): Promise<Relation | undefined> {
  if (node.relation_name === null) return undefined;
  const ofRun = keeping.get(context.relations) ?? new Map<string, Promise<Relation>>();
  keeping.set(context.relations, ofRun);
  // A test of a whole node is the first of its run, if it is not the only one.
  const before = context.partition && ofRun.get(node.unique_id);
  const now = before
    ? before.then(
        (kept) => addFailures(node, kept, sql, context),
        () => replaceFailures(node, sql, context),
      )
    : replaceFailures(node, sql, context);
  ofRun.set(node.unique_id, now);
  return now;
}

/** What was staged is gone when somebody looks, and with it what a view would show. */
const keptAs = ({ config }: TestNode, { staged }: StepContext): 'table' | 'view' =>
  config.store_failures_as === 'view' && !staged ? 'view' : 'table';

async function replaceFailures(node: TestNode, sql: string, context: StepContext): Promise<Relation> {
  const { statements } = context.shelves.adapter;
  const type = keptAs(node, context);
  const target: Relation = { ...targetRelation(node, context.graph), type };
  const existing = await context.relations.get(context.session, target);
  const rows = limited(node, sql, context);
  const create =
    type === 'view'
      ? statements.createViewAs(target, rows)
      : statements.createTableAs(target, rows, { config: node.config });
  const own =
    ownMacro(`get_create_${type}_as_sql`, node, undefined, context) ??
    ownMacro(`create_${type}_as`, node, undefined, context);
  const relation = new RelationValue(target, statements);
  if (existing) await executeRecorded(statements.dropRelation(existing), node.unique_id, context);
  const written = own && str(await (type === 'view' ? own(relation, rows) : own(false, relation, rows)));
  await executeRecorded(written ?? create, node.unique_id, context);
  await context.relations.put(target);
  return target;
}

async function addFailures(node: TestNode, kept: Relation, sql: string, context: StepContext): Promise<Relation> {
  const columns = (await context.session.columnsOf(kept)).map(({ name }) => name);
  const insert = context.shelves.adapter.statements.insertQuery(kept, columns, limited(node, sql, context));
  await executeRecorded(insert, node.unique_id, context);
  return kept;
}

function limited({ config }: TestNode, sql: string, { shelves }: StepContext): string {
  return typeof config.limit === 'number' ? shelves.adapter.statements.limited(sql, config.limit) : sql;
}
