import type { Graph, NodeCounts } from '../../2-graph/index.ts';
import {
  type Event,
  formatDiagnostic,
  type ReadSource,
  type RunFinished,
  type StepFinished,
  stepId,
} from '../../core/index.ts';
import { type Described, describeNode, describePart, pluralize } from './describe.ts';
import { type Level, type Line, shows } from './line.ts';
import { ProgressLines } from './progress-lines.ts';
import { finishLine, levelOf, type StepLine, startLine } from './step-line.ts';
import { plainStyle, type Style } from './style.ts';
import { failureLines, type Rerun, type Summary, summaryLines } from './summary.ts';

export interface NarratorOptions {
  readonly style: Style;
  /** Where result lines end: `--printer-width`. */
  readonly width: number;
  readonly readSource: ReadSource;
  readonly rerun: Rerun;
  /** Of nodes with many partitions, what goes well is counted. Default: each of them is told. */
  readonly counts?: boolean | undefined;
  /** The least important level that anybody reads: less is not put into words. Default: everything is. */
  readonly level?: Level | 'none' | undefined;
}

/** Tells the events of one run in words; every reporter that writes text has one. */
export class Narrator {
  readonly #options: NarratorOptions;
  readonly #results: StepFinished[] = [];
  readonly #indexes = {
    steps: new Map<string, number>(),
    before: new Map<string, number>(),
    after: new Map<string, number>(),
  };
  #graph: Graph | undefined;
  #totals: Readonly<Record<Series, number>> = { steps: 0, before: 0, after: 0 };
  /** Nothing is built: how each step ended is told only where it failed. */
  #isQuiet = false;
  #does: StepLine['does'];
  #checksFreshness = false;
  readonly #progress: ProgressLines | undefined;
  readonly #level: Level | 'none';

  constructor({ style, width, readSource, rerun, counts = false, level = 'debug' }: NarratorOptions) {
    this.#options = { style, width, readSource, rerun };
    this.#level = level;
    this.#progress = counts ? new ProgressLines() : undefined;
  }

  /** The project is known: nodes have names from now on. */
  know(graph: Graph): void {
    this.#graph = graph;
  }

  describe(nodeId: string): Described {
    const node = describeNode(nodeId, this.#graph);
    const isStaged = node.kind === 'source' && !this.#checksFreshness;
    return isStaged ? { ...node, kind: 'staged source', label: `source ${node.name}` } : node;
  }

  lines(event: Event): Line[] {
    this.#progress?.event(event);
    switch (event.kind) {
      case 'run-started':
        this.#totals = { before: 0, after: 0, ...event.hooks, steps: event.steps.length };
        this.#does = event.command === 'clone' || event.command === 'compile' ? event.command : undefined;
        this.#checksFreshness = event.command === 'freshness';
        this.#isQuiet = event.command === 'compile' || event.command === 'run-operation';
        return [];
      case 'step-started':
        if (shows('debug', this.#level)) return [{ level: 'debug', text: startLine(this.place(event)) }];
        this.#numberOf(event);
        return [];
      case 'statement-finished':
        if (!shows('debug', this.#level)) return [];
        return [
          { level: 'debug', text: statementText(event.nodeId, event.sql, event.at - event.startedAt, event.error) },
        ];
      case 'step-finished':
        this.#results.push(event);
        return this.#finished(event);
      case 'batch-failed':
        return [];
      case 'message':
        return [this.#message(event)];
      case 'run-interrupted':
        return [{ level: 'warn', text: this.#options.style.warning(interruptedText(event.running.length)) }];
      case 'run-finished':
        return (this.#isQuiet ? failureLines : summaryLines)(this.summary(event));
    }
  }

  #finished(result: StepFinished): Line[] {
    const level = levelOf(result);
    const isDebug = this.#isQuiet && level !== 'error';
    if (!shows(isDebug ? 'debug' : level, this.#level)) {
      this.#numberOf(result);
      return [];
    }
    const text = finishLine(result, this.place(result));
    if (isDebug) return [{ level: 'debug', text }];
    if (!this.#progress?.isCounted(result)) return [{ level, text }];
    const counted = level === 'info' ? 'debug' : level;
    return [{ level: counted, text }, ...this.#progress.after(result, this.describe(result.nodeId))];
  }

  /** Where a step stands among those of the run, and how it is called. */
  place(step: Pick<StepFinished, 'nodeId' | 'partition'>): StepLine {
    const { style, width } = this.#options;
    const node = describePart(this.describe(step.nodeId), step.partition);
    const { index, total } = this.#numberOf(step);
    return { index, total, node, style, width, does: this.#does };
  }

  /** Steps are numbered as they are first told of. Skipped ones count as well, so that every number is there once. */
  #numberOf(step: Pick<StepFinished, 'nodeId' | 'partition'>): Pick<StepLine, 'index' | 'total'> {
    const series = seriesOf(step.nodeId);
    const indexes = this.#indexes[series];
    const key = stepId(step);
    let index = indexes.get(key);
    if (index === undefined) {
      index = indexes.size + 1;
      indexes.set(key, index);
    }
    return { index, total: this.#totals[series] };
  }

  #message(event: Extract<Event, { kind: 'message' }>): Line {
    const { style, readSource } = this.#options;
    if (event.print) return { level: 'info', text: event.text, print: true };
    if (event.diagnostic) return { level: event.level, text: formatDiagnostic(event.diagnostic, readSource, style) };
    return { level: event.level, text: painted(event.level, style)(event.text) };
  }

  /** What there is to say at the end. */
  summary({ outcome, elapsedMs }: Pick<RunFinished, 'outcome' | 'elapsedMs'>): Summary {
    return {
      results: this.#results,
      planned: this.#totals.steps,
      elapsedMs,
      outcome,
      describe: (nodeId) => this.describe(nodeId),
      ...this.#options,
    };
  }
}

/** What is numbered by itself: the steps of the plan, and the hooks of the project on both sides of them. */
type Series = 'steps' | 'before' | 'after';

function seriesOf(nodeId: string): Series {
  if (!nodeId.startsWith('operation.')) return 'steps';
  const [, when] = /^operation\..*-on-run-(start|end)-\d+$/.exec(nodeId) ?? [];
  if (when === undefined) return 'steps';
  return when === 'start' ? 'before' : 'after';
}

/** `Found 6 models, 1 analysis, 4 data tests, 1 seed, 1 source`. */
export function foundLine(counts: NodeCounts): string {
  const parts = Object.entries(counts).map(([kind, number]) => pluralize(number, kind));
  return parts.length === 0 ? 'Found nothing' : `Found ${parts.join(', ')}`;
}

function painted(level: Level, style: Style): (text: string) => string {
  if (level === 'error') return style.error;
  return level === 'warn' ? style.warning : plainStyle.strong;
}

function interruptedText(running: number): string {
  return running === 0
    ? 'Interrupted'
    : `Interrupted: cancelling ${pluralize(running, 'running node')}; once more ends at once`;
}

function statementText(nodeId: string, sql: string, milliseconds: number, failure: string | undefined): string {
  const end = failure === undefined ? 'OK' : `failed: ${failure}`;
  return `On ${nodeId}: ${sql.trim()}\nSQL ${end} in ${(milliseconds / 1000).toFixed(3)}s`;
}
