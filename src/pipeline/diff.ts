import { nodeRelation, partitionsOf, steppedPartitionsOf } from '../1-parse/index.ts';
import { compareData, describeFailure, type Side } from '../5-execute/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { DiffCall, DiffOutcome } from '../cli/engine/diff.ts';
import type { Host } from '../cli/engine/host.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import {
  type Column,
  error,
  formatKeySet,
  type PartitionSlice,
  Problem,
  type Relation,
  RelationCache,
  readKey,
  readKeySet,
  type Session,
  StatementError,
  searchName,
  sliceCondition,
  spokenName,
} from '../core/index.ts';
import { earlierRelations } from './defer.ts';
import { targetWarehouse } from './lazy-warehouse.ts';
import { loadProject } from './loading/load.ts';
import { type Asset, assetNamed, readAsked } from './named-asset.ts';
import { createQueryCompiler } from './query-compiler.ts';

/** One of the two things that are compared, with what people call it. */
interface Named extends Side {
  readonly name: string;
}

/** How the rows of an asset differ from those of another environment, or from those that its SQL gives now. */
export async function diffLoaded(
  asked: string,
  request: DiffCall,
  loaded: Loaded,
  call: Call,
  host: Host,
): Promise<DiffOutcome> {
  const { name, key: keys } = readAsked(asked);
  const node = assetNamed(name, loaded.graph);
  const slice = sliceOf(node, keys, loaded);
  const { adapter } = loaded.shelves;
  const other = await otherRelation(node, request, loaded, call, host);
  const warehouse = targetWarehouse(loaded);
  try {
    const session = await warehouse.openSession();
    const { from, to } = request;
    const here = to
      ? await sideAt(to, node, session, loaded)
      : await tableSide(relationOf(node, loaded), session, loaded);
    const [before, after] = from
      ? [await sideAt(from, node, session, loaded), here]
      : other
        ? [await tableSide(other, session, loaded), here]
        : [here, await querySide(node, slice, session, loaded, host)];
    if (request.where !== undefined) await checkCondition(request.where, [before, after], session);
    const difference = await compareData(
      {
        before,
        after,
        key: request.key ?? keyOf(node, [before, after]),
        where: conditionOf(slice, request, loaded),
        tolerance: request.tolerance,
        rowLimit: request.rowLimit,
      },
      session,
      adapter.statements,
    );
    const partitions = slice ? formatKeySet(slice.definition, slice.keys) : '';
    const answer = { name: searchName(node), partitions, before: before.name, after: after.name, difference };
    return { exitCode: 0, diagnostics: loaded.diagnostics, answer };
  } catch (failure) {
    const diagnostics = [...loaded.diagnostics, ...describeFailure(failure, node, undefined)];
    return { exitCode: failure instanceof Problem ? 2 : 1, diagnostics, answer: undefined };
  } finally {
    await warehouse.close();
  }
}

/**
 * What tells the rows of an asset apart: `unique_key`, or the columns that tests or constraints say are unique. A key that
 * no side has as a column is an expression, or has one: by that rows are not matched.
 */
export function keyOf(node: Asset, sides: readonly Side[]): readonly string[] {
  const key = node.config.unique_key;
  const unique = node.resource_type === 'model' ? (node.primary_key ?? []) : [];
  const names = typeof key === 'string' ? [key] : Array.isArray(key) ? key.map(String) : unique;
  const columns = new Set(sides.flatMap((side) => side.columns.map(({ name }) => name.toLowerCase())));
  return names.every((name) => columns.has(name.toLowerCase())) ? names : [];
}

function sliceOf(node: Asset, keys: string | undefined, { graph }: Loaded): PartitionSlice | undefined {
  if (keys === undefined) return undefined;
  const definition = partitionsOf(node, graph.project.settings);
  if (!definition) {
    throw new Problem(error('cli/no-partitions', `'${searchName(node)}' has no partitions: it is compared whole`));
  }
  const { set, unknown } = readKeySet(definition, keys);
  const [wrong] = unknown;
  if (wrong === undefined) return { definition, keys: set };
  const reading = readKey(definition, wrong);
  const hint = reading.kind === 'key' ? undefined : reading.hint;
  throw new Problem(error('cli/which-partition', `'${searchName(node)}' has no partition '${wrong}'`, { hint }));
}

function conditionOf(slice: PartitionSlice | undefined, { where }: DiffCall, { shelves }: Loaded): string | undefined {
  const ofSlice = slice && sliceCondition(slice, ({ column }) => column, shelves.adapter.statements);
  const conditions = [ofSlice, where].filter((condition) => condition !== undefined);
  return conditions.length === 0 ? undefined : conditions.map((condition) => `(${condition})`).join(' and ');
}

/** Throws `Problem` where the condition of `--where` cannot be asked of both sides. */
async function checkCondition(where: string, sides: readonly Named[], session: Session): Promise<void> {
  for (const { name, from } of sides) {
    try {
      await session.query(`select 1 from ${from} as compared where (${where}) limit 0`);
    } catch (failure) {
      if (!(failure instanceof StatementError) || failure.cancelled) throw failure;
      const hint = 'It is SQL over columns that both sides have';
      throw new Problem(error('cli/diff-where', `--where is no condition for ${name}: ${failure.message}`, { hint }));
    }
  }
}

/** Undefined: the node is compared with its own SQL. */
async function otherRelation(
  node: Asset,
  { against, againstTarget }: DiffCall,
  loaded: Loaded,
  call: Call,
  host: Host,
): Promise<Relation | undefined> {
  if (against !== undefined) return readRelation(against, node);
  if (againstTarget !== undefined) {
    const there = await loadProject({ ...call, target: againstTarget }, host);
    if (there.shelves.adapter.type !== loaded.shelves.adapter.type) {
      const message = `The target '${againstTarget}' is another kind of warehouse: no statement reads both`;
      throw new Problem(error('cli/diff-target', message));
    }
    return relationOf(assetNamed(node.unique_id, there.graph), there);
  }
  if (call.state === undefined && call.deferState === undefined) return undefined;
  const earlier = earlierRelations(loaded, call, 'diff').get(node.unique_id);
  if (earlier) return earlier;
  throw new Problem(error('cli/diff-state', `The earlier state has no table of '${searchName(node)}'`));
}

function readRelation(text: string, node: Asset): Relation {
  const parts = text.split('.').map((part) => part.trim());
  const [identifier, schema = node.schema, database = node.database] = parts.reverse();
  if (identifier && parts.length <= 3) return { database, schema, identifier };
  throw new Problem(
    error('cli/diff-relation', `'${text}' is no relation`, {
      hint: 'Write it as table, schema.table or database.schema.table',
    }),
  );
}

export function relationOf(node: Asset, { graph }: Pick<Loaded, 'graph'>): Relation {
  return nodeRelation(node, graph.project.settings.quoting);
}

/** Throws `Problem` where there is no such relation. */
export async function tableSide(relation: Relation, session: Session, { shelves }: Loaded): Promise<Named> {
  const columns = await session.columnsOf(relation);
  const name = spokenName(relation);
  if (columns.length > 0) return { name, from: shelves.adapter.statements.renderRelation(relation), columns };
  throw new Problem(
    error('cli/diff-missing', `There is no ${name} to compare with`, {
      hint: 'Build it first, or name another with --against',
    }),
  );
}

/** The rows that a node's table had at a moment. */
async function sideAt(at: Date, node: Asset, session: Session, loaded: Loaded): Promise<Named> {
  const { statements, type } = loaded.shelves.adapter;
  const relation = relationOf(node, loaded);
  const from = statements.relationAt?.(relation, at);
  if (from === undefined) {
    throw new Problem(
      error('cli/diff-time', `A table of ${type} cannot be read as it was earlier: ${type} keeps no past`, {
        hint: 'Compare with another table: --against, --against-target or --state',
      }),
    );
  }
  const name = `${spokenName(relation)} at ${at.toISOString().slice(0, 19).replace('T', ' ')}`;
  return { name, from, columns: await session.describeQuery(`select * from ${from}`) };
}

/** The rows that the node's SQL gives now, as if it were built for the first time. */
async function querySide(
  node: Asset,
  slice: PartitionSlice | undefined,
  session: Session,
  loaded: Loaded,
  host: Host,
): Promise<Named> {
  if (node.resource_type !== 'model') {
    const hint = 'Name what to compare with: --against, --against-target or --state';
    throw new Problem(
      error('cli/diff-what', `'${node.name}' is a ${node.resource_type}, whose rows come from no SQL`, { hint }),
    );
  }
  const { graph, shelves } = loaded;
  if (!slice && steppedPartitionsOf(node, graph.project.settings)) {
    const name = searchName(node);
    const hint = `Name one, or a range: ingot diff '${name}[…]'; or compare with --against, --against-target or --state`;
    throw new Problem(error('cli/which-partition', `'${name}' is kept by partitions`, { hint }));
  }
  const environment = { ...loaded.environment, flags: { ...loaded.environment.flags, fullRefresh: true } };
  const input = {
    graph,
    environment,
    shelves,
    relations: new RelationCache(),
    deferred: new Map(),
    selected: [node.unique_id],
    emit: host.emit,
    now: () => host.now().getTime(),
  };
  const compile = await createQueryCompiler(loaded, input, undefined);
  const { sql } = await compile(node.unique_id, session, slice);
  const columns: readonly Column[] = await session.describeQuery(sql);
  return { name: 'what its SQL gives now', from: `(\n${sql}\n)`, columns };
}
