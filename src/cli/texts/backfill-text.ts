import type { Column, JsonObject } from '../../core/index.ts';
import type { BackfillAsset, BackfillEntry, BackfillPlan, PlannedAsset } from '../engine/backfill.ts';
import { pluralize } from '../reporters/describe.ts';
import { truncate } from '../reporters/width.ts';
import { tableText } from './print-table.ts';

/** How much of a list of ranges is shown, in columns. */
const widestRanges = 60;

/** What is said of a backfill as it begins. */
export function say({ id, assets, once }: BackfillPlan): string {
  const partitions = assets.reduce((sum, { count }) => sum + count, 0);
  const built = assets.map((asset) => `  ${nameOf(asset.nodeId)}: ${countText(asset)}, ${ranges(asset.partitions)}`);
  const others = once.length > 0 ? [`  once, after what it reads: ${once.map(nameOf).join(', ')}`] : [];
  const name = id === undefined ? 'Backfill that could not be noted' : `Backfill ${id}`;
  const head = `${name}: ${pluralize(partitions, 'partition')} of ${pluralize(assets.length, 'asset')}`;
  return [head, ...built, ...others].join('\n');
}

/** What `--dry-run` prints. */
export function print(plan: BackfillPlan, asJson: boolean): string {
  const { assets, once, tests } = plan;
  if (asJson) {
    const shown = assets.map(({ nodeId, partitions, count, statements }) => ({
      unique_id: nodeId,
      partitions,
      count,
      statements,
    }));
    return JSON.stringify({ assets: shown, once: [...once], tests }, null, 2);
  }
  const rows = assets.map(({ nodeId, partitions, count, statements }) => [
    nameOf(nodeId),
    count,
    statements,
    ranges(partitions),
  ]);
  const others = once.length > 0 ? [`Once, after what it reads: ${once.map(nameOf).join(', ')}`] : [];
  const table = tableText({ columns: columns('asset', 'partitions', 'statements', 'which'), rows });
  return [table, ...others, `Tests: ${tests}`, 'Nothing was built.'].join('\n');
}

/** What `backfill ls` prints. */
export function listing(entries: readonly BackfillEntry[]): string {
  if (entries.length === 0) return 'There are no backfills';
  const rows = entries.map(({ id, status, createdAt, partitions, assets, target, command }) => [
    id,
    status,
    moment(createdAt),
    target,
    partitions,
    truncate(assets.map(({ name }) => name).join(', '), 30),
    command,
  ]);
  return tableText({
    columns: columns('id', 'status', 'begun (UTC)', 'target', 'partitions', 'assets', 'command'),
    rows,
  });
}

/** What `backfill show` prints. */
export function details({ id, status, command, createdAt, finishedAt, assets, runs }: BackfillEntry): string {
  const ended = finishedAt === null ? '' : `, ended ${moment(finishedAt)}`;
  const rows = assets.map(({ name, count, filled = 0, failedCount = 0, leftCount = 0, planned }) => [
    name,
    count,
    filled,
    failedCount,
    leftCount,
    ranges(planned),
  ]);
  const open = assets.flatMap((asset) => [
    ...rangeLine('failed', asset, asset.failed),
    ...rangeLine('left', asset, asset.left),
  ]);
  const isDone = open.length === 0;
  return [
    `Backfill ${id}: ${status}; begun ${moment(createdAt)}${ended} (UTC), in ${pluralize(runs.length, 'run')}`,
    `  ${command}`,
    '',
    tableText({ columns: columns('asset', 'partitions', 'filled', 'failed', 'left', 'planned'), rows }),
    ...open,
    ...(isDone || status === 'running' ? [] : [`Build the rest: ingot backfill resume ${id}`]),
  ].join('\n');
}

/** A backfill for scripts. */
export function entryJson(entry: BackfillEntry): JsonObject {
  const { createdAt, finishedAt, assets, runs, args: _, ...rest } = entry;
  return {
    ...rest,
    created_at: new Date(createdAt).toISOString(),
    finished_at: finishedAt === null ? null : new Date(finishedAt).toISOString(),
    assets: assets.map(({ id, name, planned, count, filled, failed, left }) => ({
      unique_id: id,
      name,
      planned,
      count,
      ...(filled === undefined ? {} : { filled, failed: failed ?? '', left: left ?? '' }),
    })),
    runs: [...runs],
  };
}

function rangeLine(what: string, { name }: BackfillAsset, partitions: string | undefined): string[] {
  return partitions === undefined || partitions === '' ? [] : [`${what}: ${name} ${ranges(partitions)}`];
}

const ranges = (text: string): string => truncate(text, widestRanges);

function countText({ count, statements }: PlannedAsset): string {
  const batches = statements === count ? '' : ` in ${pluralize(statements, 'statement')}`;
  return `${pluralize(count, 'partition')}${batches}`;
}

const columns = (...names: readonly string[]): Column[] => names.map((name) => ({ name, type: '' }));
const moment = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** `model.shop.orders` is `orders`, `model.shop.orders.v2` is `orders.v2`. */
const nameOf = (id: string): string => id.split('.').slice(2).join('.');
