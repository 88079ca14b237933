import { type Graph, nodeCounts } from '../../2-graph/index.ts';
import { type Diagnostic, type Event, formatDiagnostic } from '../../core/index.ts';
import { type Level, type Line, shows } from './line.ts';
import { LiveArea } from './live-area.ts';
import { foundLine, Narrator, type NarratorOptions } from './narrator.ts';
import type { Reporter } from './reporter.ts';
import type { TextStream } from './stream.ts';
import type { Style } from './style.ts';

export interface TextReporterOptions extends NarratorOptions {
  /** Where messages go. */
  readonly messages: TextStream;
  /** Where results and what `print()` says go. */
  readonly results: TextStream;
  readonly level: Level | 'none';
  /** Errors only; `print()` and results still show. */
  readonly quiet: boolean;
  /** Whether `print()` shows. */
  readonly print: boolean;
  readonly now: () => Date;
}

/** Lines as dbt writes them, each with the time of day; on a terminal with the running nodes below them. */
export class TextReporter implements Reporter {
  readonly style: Style;
  readonly #options: TextReporterOptions;
  readonly #narrator: Narrator;
  readonly #live: LiveArea | undefined;

  constructor(options: TextReporterOptions) {
    this.style = options.style;
    this.#options = options;
    this.#narrator = new Narrator({ ...options, counts: true, level: options.quiet ? 'error' : options.level });
    const live = options.messages.isTerminal && !options.quiet && shows('info', options.level);
    this.#live = live ? new LiveArea(options.messages, options.style, options.now) : undefined;
  }

  event(event: Event): void {
    const lines = this.#narrator.lines(event);
    // The list of what runs has no place below the summary.
    if (event.kind === 'run-finished') this.#live?.close();
    else this.#live?.event(event, (nodeId) => this.#narrator.describe(nodeId));
    this.#write(this.#live ? lines.filter((line) => !line.progress) : lines);
  }

  project(graph: Graph): void {
    this.#narrator.know(graph);
    this.say('info', foundLine(nodeCounts(graph.project)));
  }

  say(level: Level, text: string): void {
    this.#write([{ level, text }]);
  }

  diagnose(diagnostics: readonly Diagnostic[]): void {
    const { readSource, style } = this.#options;
    this.#write(
      diagnostics.map((diagnostic) => ({
        level: diagnostic.severity === 'error' ? 'error' : 'warn',
        text: formatDiagnostic(diagnostic, readSource, style),
      })),
    );
  }

  print(text: string): void {
    this.#live?.clear();
    this.#options.results.write(`${text}\n`);
  }

  list(texts: readonly string[]): void {
    this.print(texts.join('\n'));
  }

  close(): void {
    this.#live?.close();
  }

  #write(lines: readonly Line[]): void {
    const { level, quiet, messages, print } = this.#options;
    const shown = lines.filter((line) => line.print || shows(line.level, quiet ? 'error' : level));
    if (shown.length === 0) return;
    this.#live?.clear();
    for (const line of shown) {
      if (!line.print) messages.write(this.#timed(line.text));
      else if (print) this.print(line.text);
    }
    this.#live?.draw();
  }

  #timed(text: string): string {
    const time = this.#options.now().toTimeString().slice(0, 8);
    const prefix = `${this.#options.style.faint(time)}  `;
    return text
      .split('\n')
      .map((line) => `${prefix}${line}\n`)
      .join('');
  }
}
