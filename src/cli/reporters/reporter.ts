import type { Graph } from '../../2-graph/index.ts';
import type { Diagnostic, Event, JsonObject } from '../../core/index.ts';
import type { Level } from './line.ts';
import type { Style } from './style.ts';

/** Somebody who is told what a command does: the terminal, the log file. Readers of one stream of events. */
export interface Reporter {
  /** How what is printed may be emphasised. Undefined: plain text is wanted. */
  readonly style?: Style | undefined;
  event(event: Event): void;
  /** The project is known: nodes have names from now on. */
  project(graph: Graph): void;
  /** Something to say that is no event of a run. */
  say(level: Level, text: string): void;
  /** Problems that no event carries. */
  diagnose(diagnostics: readonly Diagnostic[]): void;
  /**
   * The result of a command that prints one: a listing, a preview, compiled SQL.
   *
   * @param result the same for programs that read the log as JSON. Default: they get the text.
   */
  print(text: string, result?: PrintedResult): void;
  /** A result of many lines, each of which programs get by itself. */
  list(texts: readonly string[]): void;
  /** Ends; nothing may be reported afterwards. */
  close(): void;
}

/** A result in dbt's words. */
export interface PrintedResult {
  readonly name: 'ShowNode' | 'CompiledNode';
  readonly data: JsonObject;
}

/** One reporter that tells all of them. Only the first prints results. */
export function together(first: Reporter, ...others: readonly Reporter[]): Reporter {
  const all = [first, ...others];
  return {
    style: first.style,
    event: (event) => all.forEach((reporter) => void reporter.event(event)),
    project: (graph) => all.forEach((reporter) => void reporter.project(graph)),
    say: (level, text) => all.forEach((reporter) => void reporter.say(level, text)),
    diagnose: (diagnostics) => all.forEach((reporter) => void reporter.diagnose(diagnostics)),
    print: (text, result) => first.print(text, result),
    list: (texts) => first.list(texts),
    close: () => all.forEach((reporter) => void reporter.close()),
  };
}

/** Tells each problem once: those of the project are told before the run, and come with its outcome again. */
export function withoutRepetition(reporter: Reporter): Reporter {
  const told = new Set<Diagnostic>();
  return {
    ...together(reporter),
    event: (event) => reporter.event(event),
    diagnose(diagnostics) {
      const fresh = diagnostics.filter((diagnostic) => !told.has(diagnostic));
      for (const diagnostic of fresh) told.add(diagnostic);
      reporter.diagnose(fresh);
    },
  };
}
