import { type Event, stepId } from '../../core/index.ts';
import { clock } from './clock.ts';
import { type Described, describePart } from './describe.ts';
import { PartitionProgress } from './partition-progress.ts';
import { progressBars } from './progress-bars.ts';
import { levelOf } from './step-line.ts';
import type { TextStream } from './stream.ts';
import type { Style } from './style.ts';
import { truncate } from './width.ts';

/** Milliseconds between two drawings: smooth for people, cheap for the run. */
const interval = 100;
/** Running nodes that are named; the others are counted. */
const named = 5;

interface Running {
  readonly label: string;
  readonly since: number;
}

/** The last lines of a terminal: how far the run is and what runs now. They are drawn over again and again. */
export class LiveArea {
  readonly #stream: TextStream;
  readonly #style: Style;
  readonly #now: () => Date;
  readonly #running = new Map<string, Running>();
  readonly #progress = new PartitionProgress();
  readonly #names = new Map<string, string>();
  #startedAt: number | undefined;
  #total = 0;
  #done = 0;
  #failed = 0;
  /** Lines on the screen, and what they say. */
  #drawn = 0;
  #text = '';
  #drawnAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: TextStream, style: Style, now: () => Date) {
    this.#stream = stream;
    this.#style = style;
    this.#now = now;
  }

  event(event: Event, describe: (nodeId: string) => Described): void {
    this.#progress.event(event);
    if (event.kind === 'run-started') {
      this.#startedAt = event.at;
      this.#total = event.steps.length;
      this.#timer = setInterval(() => this.#redraw(), interval).unref();
    } else if (event.kind === 'step-started') {
      const node = describe(event.nodeId);
      this.#names.set(event.nodeId, node.name);
      this.#running.set(stepId(event), { label: describePart(node, event.partition).label, since: event.at });
    } else if (event.kind === 'step-finished') {
      this.#running.delete(stepId(event));
      if (!this.#names.has(event.nodeId)) this.#names.set(event.nodeId, describe(event.nodeId).name);
      if (!event.nodeId.startsWith('operation.')) this.#done += 1;
      if (levelOf(event) === 'error') this.#failed += 1;
    }
    if (this.#now().getTime() - this.#drawnAt >= interval) this.#redraw();
  }

  /** Takes the lines away, for others to be written. */
  clear(): void {
    if (this.#drawn === 0) return;
    this.#stream.write(`\u001b[${this.#drawn}A\u001b[0J`);
    this.#drawn = 0;
  }

  draw(): void {
    if (this.#startedAt === undefined) return;
    this.#put(this.#lines(this.#startedAt));
  }

  close(): void {
    clearInterval(this.#timer);
    this.clear();
    this.#startedAt = undefined;
  }

  #redraw(): void {
    if (this.#startedAt === undefined) return;
    const lines = this.#lines(this.#startedAt);
    if (this.#drawn > 0 && lines.join('\n') === this.#text) return;
    this.clear();
    this.#put(lines);
  }

  #put(lines: readonly string[]): void {
    this.#stream.write(lines.map((line) => `${line}\n`).join(''));
    this.#drawn = lines.length;
    this.#text = lines.join('\n');
    this.#drawnAt = this.#now().getTime();
  }

  #lines(startedAt: number): string[] {
    const { columns, rows } = this.#stream.size();
    const now = this.#now().getTime();
    const failed = this.#failed === 0 ? '' : `, ${this.#failed} failed`;
    const head = `${this.#done} of ${this.#total} done, ${this.#running.size} running${failed}, ${clock(now - startedAt)}`;
    const bars = progressBars(this.#progress.all(), this.#names, { columns, most: Math.floor(rows / 2), now });
    const room = Math.max(0, Math.min(named, rows - 3 - bars.length));
    const running = [...this.#running.values()];
    const shown = running.slice(0, room).map(({ label, since }) => `  ${label} ${clock(now - since)}`);
    const more = running.length > room && room > 0 ? [`  and ${running.length - room} more`] : [];
    const [first = '', ...rest] = [head, ...bars, ...shown, ...more].map((line) => truncate(line, columns - 1));
    return [this.#style.strong(first), ...rest.map((line) => this.#style.faint(line))];
  }
}
