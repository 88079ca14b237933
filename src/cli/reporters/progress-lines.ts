import type { Event, StepFinished } from '../../core/index.ts';
import { clock } from './clock.ts';
import type { Described } from './describe.ts';
import type { Line } from './line.ts';
import { type NodeProgress, PartitionProgress, timeLeft } from './partition-progress.ts';

/** With more partitions of a node than so many, what went well is counted, and not told one by one. */
const toldOneByOne = 30;
/** Lines for one node in a run, and milliseconds without one after which there is one all the same. */
const linesOfNode = 10;
const longestSilence = 10_000;

/** Says how far nodes with many partitions are, in place of a line for each partition. */
export class ProgressLines {
  readonly #progress = new PartitionProgress();
  readonly #told = new Map<string, { readonly at: number; readonly done: number }>();

  event(event: Event): void {
    this.#progress.event(event);
  }

  /** Whether the end of a step is no line of its own. */
  isCounted(result: StepFinished): boolean {
    const node = result.partition === undefined ? undefined : this.#progress.of(result.nodeId);
    return node !== undefined && node.total > toldOneByOne;
  }

  /** What is to be said after a step, if anything is. */
  after({ nodeId, at }: StepFinished, node: Described): Line[] {
    const progress = this.#progress.of(nodeId);
    if (!progress) return [];
    const { done, total, startedAt = at } = progress;
    if (done === total) return [{ level: 'info', text: doneText(progress, node) }];
    if (node.kind === 'test') return [];
    const last = this.#told.get(nodeId) ?? { at: startedAt, done: 0 };
    if (done - last.done < total / linesOfNode && at - last.at < longestSilence) return [];
    this.#told.set(nodeId, { at, done });
    return [{ level: 'info', text: progressText(progress, node, at), progress: true }];
  }
}

function progressText(progress: NodeProgress, { name }: Described, at: number): string {
  const { done, total } = progress;
  const left = timeLeft(progress, at);
  const rest = left === undefined ? '' : `, about ${clock(left)} left`;
  return `${name}: ${done} of ${total} partitions${troubles(progress)}${rest}`;
}

function doneText(progress: NodeProgress, { name, kind }: Described): string {
  const { total, startedAt, endedAt } = progress;
  const seconds = ((endedAt - (startedAt ?? endedAt)) / 1000).toFixed(2);
  const done = kind === 'test' ? 'tested' : 'done';
  return `${name}: ${total} partitions ${done}${troubles(progress)} in ${seconds}s`;
}

/** `, 2 failed, 30 skipped`. */
export function troubles({ failed, skipped }: NodeProgress): string {
  return [failed > 0 ? `, ${failed} failed` : '', skipped > 0 ? `, ${skipped} skipped` : ''].join('');
}
