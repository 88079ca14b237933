import { type Graph, nodeCounts } from '../../2-graph/index.ts';
import {
  artifactTime,
  type Diagnostic,
  dbtVersion,
  type Event,
  formatDiagnostic,
  threadName,
} from '../../core/index.ts';
import { ownVersion } from '../version.ts';
import { codeOf, type DbtEvent, note, warningEvents } from './dbt-event.ts';
import { DbtEvents } from './dbt-events.ts';
import { type Level, shows } from './line.ts';
import { foundLine, Narrator, type NarratorOptions } from './narrator.ts';
import type { Reporter } from './reporter.ts';
import { plainStyle } from './style.ts';

export interface JsonReporterOptions extends Omit<NarratorOptions, 'style'> {
  readonly write: (line: string) => void;
  readonly level: Level | 'none';
  readonly quiet: boolean;
  readonly print: boolean;
  readonly now: () => Date;
  readonly pid: number;
}

/**
 * One JSON object a line, as dbt's structured log has it, so that what reads dbt's can read Ingot's: `info` says what,
 * when and how important, `data` what dbt says of such an event.
 */
export class JsonReporter implements Reporter {
  readonly #options: JsonReporterOptions;
  readonly #narrator: Narrator;
  readonly #events: DbtEvents;
  #graph: Graph | undefined;
  #invocationId = '';

  constructor(options: JsonReporterOptions) {
    this.#options = options;
    this.#narrator = new Narrator({ ...options, style: plainStyle, level: 'debug' });
    this.#events = new DbtEvents(this.#narrator, () => this.#graph);
    const message = `Running with ingot=${ownVersion()}, as dbt=${dbtVersion}`;
    const data = { log_version: 3, version: `=${dbtVersion}` };
    this.#tell({ name: 'MainReportVersion', level: 'info', message, data });
  }

  event(event: Event): void {
    if (event.kind === 'run-started') this.#invocationId = event.invocationId;
    for (const told of this.#events.of(event)) {
      if (told.name === 'PrintEvent') this.#printed(told, new Date(event.at));
      else this.#tell(told, new Date(event.at));
    }
  }

  project(graph: Graph): void {
    this.#graph = graph;
    this.#narrator.know(graph);
    const message = foundLine(nodeCounts(graph.project));
    this.#tell({ name: 'FoundStats', level: 'info', message, data: { stat_line: message.replace(/^Found /, '') } });
  }

  say(level: Level, text: string): void {
    this.#tell(note(level, text));
  }

  diagnose(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) {
      const message = formatDiagnostic(diagnostic, this.#options.readSource);
      const data = { exc: message, diagnostic: JSON.parse(JSON.stringify(diagnostic)) };
      if (diagnostic.severity === 'error') this.#tell({ name: 'MainEncounteredError', level: 'error', message, data });
      else {
        const name = warningEvents[diagnostic.code] ?? 'Note';
        this.#tell({ name, level: 'warn', message, data: { ...data, msg: message } });
      }
    }
  }

  print(text: string, result: Pick<DbtEvent, 'name' | 'data'> = { name: 'PrintEvent', data: { msg: text } }): void {
    this.#line({ ...result, level: 'info', message: text }, this.#options.now());
  }

  list(texts: readonly string[]): void {
    for (const text of texts) this.print(text);
  }

  close(): void {}

  /** What `print()` says shows whatever the level is. */
  #printed(event: DbtEvent, at: Date): void {
    if (this.#options.print) this.#line(event, at);
  }

  #tell(event: DbtEvent, at = this.#options.now()): void {
    if (shows(event.level, this.#options.quiet ? 'error' : this.#options.level)) this.#line(event, at);
  }

  #line(event: DbtEvent, at: Date): void {
    const info = {
      category: '',
      code: codeOf(event),
      extra: {},
      invocation_id: this.#invocationId,
      level: event.level,
      msg: event.message,
      name: event.name,
      pid: this.#options.pid,
      thread: event.thread === undefined ? 'MainThread' : threadName(event.thread),
      ts: artifactTime(at),
    };
    this.#options.write(`${JSON.stringify({ data: event.data, info })}\n`);
  }
}
