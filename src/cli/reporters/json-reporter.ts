import { type Graph, nodeCounts } from '../../2-graph/index.ts';
import { type Diagnostic, type Event, formatDiagnostic } from '../../core/index.ts';
import { type Level, type Line, shows } from './line.ts';
import { foundLine, Narrator, type NarratorOptions } from './narrator.ts';
import type { Reporter } from './reporter.ts';
import { plainStyle } from './style.ts';
import { statsLine } from './summary.ts';

export interface JsonReporterOptions extends Omit<NarratorOptions, 'style'> {
  readonly write: (line: string) => void;
  readonly level: Level | 'none';
  readonly quiet: boolean;
  readonly print: boolean;
  readonly now: () => Date;
  readonly pid: number;
}

/**
 * One JSON object a line, in the form of dbt's structured log: `info` says what, when and how important, `data` is the
 * event itself.
 */
export class JsonReporter implements Reporter {
  readonly #options: JsonReporterOptions;
  readonly #narrator: Narrator;
  #invocationId = '';
  #results: Extract<Event, { kind: 'step-finished' }>[] = [];

  constructor(options: JsonReporterOptions) {
    this.#options = options;
    this.#narrator = new Narrator({ ...options, style: plainStyle });
  }

  event(event: Event): void {
    if (event.kind === 'run-started') this.#invocationId = event.invocationId;
    if (event.kind === 'step-finished') this.#results.push(event);
    const lines = this.#narrator.lines(event);
    const { kind, at, ...data } = event;
    const message = kind === 'run-finished' ? statsLine(this.#results) : textOf(lines);
    const [line] = lines;
    if (line?.print && !this.#options.print) return;
    this.#write(kind, line?.print ? 'error' : levelOf(event, lines), message, data, new Date(at));
  }

  project(graph: Graph): void {
    this.#narrator.know(graph);
    this.say('info', foundLine(nodeCounts(graph.project)));
  }

  say(level: Level, text: string): void {
    this.#write('note', level, text, {});
  }

  diagnose(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) {
      const level = diagnostic.severity === 'error' ? 'error' : 'warn';
      const text = formatDiagnostic(diagnostic, this.#options.readSource);
      this.#write('diagnostic', level, text, { diagnostic });
    }
  }

  print(text: string): void {
    this.#line('print', 'info', text, { msg: text }, this.#options.now());
  }

  close(): void {
    this.#results = [];
  }

  #write(name: string, level: Level, message: string, data: object, at = this.#options.now()): void {
    if (shows(level, this.#options.quiet ? 'error' : this.#options.level)) this.#line(name, level, message, data, at);
  }

  #line(name: string, level: Level, message: string, data: object, at: Date): void {
    const info = {
      name,
      level,
      msg: message,
      ts: at.toISOString(),
      invocation_id: this.#invocationId,
      pid: this.#options.pid,
    };
    this.#options.write(`${JSON.stringify({ info, data })}\n`);
  }
}

const textOf = (lines: readonly Line[]): string => lines.map((line) => line.text).join('\n');

function levelOf(event: Event, lines: readonly Line[]): Level {
  if (event.kind === 'run-finished' || event.kind === 'run-started') return 'info';
  return lines[0]?.level ?? 'debug';
}
