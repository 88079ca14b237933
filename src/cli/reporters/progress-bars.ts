import { clock } from './clock.ts';
import { type NodeProgress, timeLeft } from './partition-progress.ts';
import { troubles } from './progress-lines.ts';
import { displayWidth } from './width.ts';

export interface BarSpace {
  readonly columns: number;
  /** Bars that there is room for. */
  readonly most: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Longest bar, in columns. */
const longest = 30;

/** A bar for each node of which partitions are being built: `  orders  ████░░░░  120 of 365, 4 running, 2 failed, 0:12 left`. */
export function progressBars(
  nodes: readonly NodeProgress[],
  names: ReadonlyMap<string, string>,
  { columns, most, now }: BarSpace,
): string[] {
  const open = nodes.filter(
    ({ nodeId, startedAt, done, total }) => isAsset(nodeId) && startedAt !== undefined && done < total,
  );
  const shown = open.slice(0, Math.max(0, most));
  const nameOf = ({ nodeId }: NodeProgress): string => names.get(nodeId) ?? nodeId;
  const widest = Math.max(0, ...shown.map((node) => displayWidth(nameOf(node))));
  const length = Math.max(5, Math.min(longest, columns - widest - 45));
  const lines = shown.map((node) => {
    const name = nameOf(node);
    const { done, total, running } = node;
    const left = timeLeft(node, now);
    const rest = left === undefined ? '' : `, ${clock(left)} left`;
    const blanks = ' '.repeat(widest - displayWidth(name));
    return `  ${name}${blanks}  ${bar(done / total, length)}  ${done} of ${total}, ${running} running${troubles(node)}${rest}`;
  });
  return open.length > shown.length ? [...lines, `  and ${open.length - shown.length} more`] : lines;
}

/** Tests go with what they test. */
const isAsset = (nodeId: string): boolean => !/^(unit_)?test\./.test(nodeId);

function bar(share: number, length: number): string {
  const full = Math.round(share * length);
  return '█'.repeat(full) + '░'.repeat(length - full);
}
