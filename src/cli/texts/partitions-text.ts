import type { ChangedLogic } from '../../4-plan/index.ts';
import type { AssetPartitions, StalePartitions, StatusPartitions } from '../engine/partitions.ts';

/** What there is of some assets, for people. */
export function partitionsText(assets: readonly AssetPartitions[]): string {
  return assets.length === 0 ? 'No model is kept by partitions' : assets.map(assetText).join('\n\n');
}

/** The same for scripts. */
export function partitionsJson(assets: readonly AssetPartitions[]): string {
  return JSON.stringify(assets.map(assetJson), null, 2);
}

function assetText({ name, by, total, none, ranges, statuses, stale, last }: AssetPartitions): string {
  const count = `${total} ${total === 1 ? 'partition' : 'partitions'} by ${by}`;
  const published = last ? `, last published ${moment(last.at)} by run ${last.runId.slice(0, 8)}` : '';
  const head = `${name}: ${count}${total === 0 ? '' : `, ${shortened(ranges)}`}${published}`;
  if (total === 0) return none === undefined ? head : `${head}\n  ${none}`;
  const shown = statuses.filter(({ count: found, status }) => found > 0 || status === 'filled');
  const width = Math.max(...shown.map(({ count: found }) => String(found).length));
  const lines = shown.map(({ status, count: found, ranges: which }) => {
    return `  ${mark[status]} ${status.padEnd(11)} ${String(found).padStart(width)}  ${shortened(which)}`.trimEnd();
  });
  const causes = stale.map((cause) => `    ${becauseText(cause)}: ${shortened(cause.ranges)}`);
  const filled = statuses.find(({ status }) => status === 'filled')?.count ?? 0;
  const share = `${Math.floor((filled / total) * 100)} % up to date`;
  return [
    head,
    `  ${bar(statuses, total)} ${share}`,
    ...lines,
    ...(causes.length > 0 ? ['  stale because'] : []),
    ...causes,
  ].join('\n');
}

const mark: Readonly<Record<StatusPartitions['status'], string>> = {
  filled: '█',
  stale: '▓',
  running: '▒',
  quarantined: '!',
  failed: 'x',
  missing: '░',
};

const barWidth = 40;

/** Whatever there is shows, however little it is of the whole. */
function bar(statuses: readonly StatusPartitions[], total: number): string {
  const some = statuses.filter(({ count }) => count > 0);
  const widths = new Map(
    some.map(({ status, count }) => [status, Math.max(1, Math.round((count / total) * barWidth))]),
  );
  const [widest] = [...some].sort((one, other) => other.count - one.count);
  const sum = [...widths.values()].reduce((one, other) => one + other, 0);
  if (widest) widths.set(widest.status, (widths.get(widest.status) ?? 0) + barWidth - sum);
  const order = ['filled', 'stale', 'running', 'quarantined', 'failed', 'missing'] as const;
  return order.map((status) => mark[status].repeat(widths.get(status) ?? 0)).join('');
}

function becauseText({ because }: StalePartitions): string {
  if (because.kind === 'code') return 'the code has changed';
  const { parent, runId, changed } = because;
  return `${parent} was built again by run ${runId.slice(0, 8)}${changedText(changed)}`;
}

/** What of the code of something has changed, to stand behind what became of it. */
export function changedText(changed: ChangedLogic | undefined): string {
  if (changed === undefined) return '';
  if (changed === 'rows') return ' with other code for its rows';
  if (changed.length === 0) return ' with other code that makes the same';
  return ` with other code for the ${changed.length === 1 ? 'column' : 'columns'} ${changed.join(', ')}`;
}

const longest = 120;

/** As many ranges as fit on a line. */
export function shortened(ranges: string): string {
  if (ranges.length <= longest) return ranges;
  const cut = Math.max(ranges.lastIndexOf(',', longest), ranges.lastIndexOf(';', longest));
  return `${ranges.slice(0, cut > 0 ? cut : longest)}, …`;
}

/** To the second, in UTC. */
export const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

function assetJson({ id, name, by, total, ranges, statuses, stale, last }: AssetPartitions) {
  return {
    unique_id: id,
    name,
    partitioned_by: by,
    total,
    partitions: ranges,
    status: Object.fromEntries(
      statuses.map(({ status, count, ranges: which }) => [status, { count, partitions: which }]),
    ),
    stale_because: stale.map(({ because, count, ranges: which }) => ({
      ...(because.kind === 'code'
        ? { cause: 'code' }
        : {
            cause: 'upstream',
            parent: because.parent,
            run: because.runId,
            ...(because.changed && { changed: because.changed }),
          }),
      count,
      partitions: which,
    })),
    last_published: last ? { run: last.runId, at: new Date(last.at).toISOString() } : null,
  };
}
