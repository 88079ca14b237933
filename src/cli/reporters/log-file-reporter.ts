import { type Graph, nodeCounts } from '../../2-graph/index.ts';
import { type Diagnostic, type Event, formatDiagnostic } from '../../core/index.ts';
import { type Level, shows } from './line.ts';
import type { LogFile } from './log-file.ts';
import { foundLine, Narrator, type NarratorOptions } from './narrator.ts';
import type { Reporter } from './reporter.ts';
import { plainStyle } from './style.ts';

export interface LogFileReporterOptions extends Omit<NarratorOptions, 'style'> {
  readonly file: LogFile;
  readonly level: Level | 'none';
  readonly now: () => Date;
}

/** Everything that happens, statements included, with date and time. */
export class LogFileReporter implements Reporter {
  readonly #options: LogFileReporterOptions;
  readonly #narrator: Narrator;

  constructor(options: LogFileReporterOptions) {
    this.#options = options;
    this.#narrator = new Narrator({ ...options, style: plainStyle });
  }

  event(event: Event): void {
    const at = new Date(event.at);
    if (event.kind === 'run-started')
      this.#write('info', `======== ${event.invocationId} ${event.command} ========`, at);
    for (const { level, text } of this.#narrator.lines(event)) this.#write(level, text, at);
    if (event.kind === 'run-finished' || event.kind === 'run-interrupted') this.#options.file.flush();
  }

  project(graph: Graph): void {
    this.#narrator.know(graph);
    this.say('info', foundLine(nodeCounts(graph.project)));
  }

  say(level: Level, text: string): void {
    this.#write(level, text, this.#options.now());
  }

  diagnose(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) {
      const level = diagnostic.severity === 'error' ? 'error' : 'warn';
      this.say(level, formatDiagnostic(diagnostic, this.#options.readSource));
    }
  }

  /** Results are not repeated in the log. */
  print(): void {}

  list(): void {}

  close(): void {
    this.#options.file.close();
  }

  #write(level: Level, text: string, at: Date): void {
    if (!shows(level, this.#options.level)) return;
    this.#options.file.write(`${at.toISOString()} [${level.padEnd(5)}] ${text}\n`);
  }
}
