import type { Graph } from '../../2-graph/index.ts';
import { type Event, type JsonObject, type StepFinished, wholeNodes } from '../../core/index.ts';
import { type DbtEvent, note } from './dbt-event.ts';
import type { Level } from './line.ts';
import type { Narrator } from './narrator.ts';
import { nodeInfo, runResult, seconds } from './node-info.ts';
import { levelOf } from './step-line.ts';
import { counted, finishedLine, problemsOf, type Summary, statsLine, statusCounts, verdictOf } from './summary.ts';

/** Says what happens in a run in dbt's events: one of ours is none, one or several of theirs. */
export class DbtEvents {
  readonly #narrator: Narrator;
  readonly #graph: () => Graph | undefined;
  readonly #parts = new Map<string, { left: number; readonly done: StepFinished[] }>();
  readonly #started = new Map<string, number>();
  #command = '';

  constructor(narrator: Narrator, graph: () => Graph | undefined) {
    this.#narrator = narrator;
    this.#graph = graph;
  }

  of(event: Event): readonly DbtEvent[] {
    const [line, ...others] = this.#narrator.lines(event);
    switch (event.kind) {
      case 'run-started': {
        this.#command = event.command;
        const inParts = new Set(
          event.steps.flatMap(({ nodeId, partition }) => (partition === undefined ? [] : nodeId)),
        );
        for (const { nodeId } of event.steps) if (inParts.has(nodeId)) this.#expect(nodeId);
        const { threads = 1 } = event;
        const data = { node_count: event.steps.length, num_threads: threads, target_name: event.target };
        const message = `Concurrency: ${threads} threads (target='${event.target}')`;
        return [{ name: 'ConcurrencyLine', level: 'info', message, data }];
      }
      case 'step-started':
        this.#started.set(event.nodeId, event.at);
        return this.#stepStarted(event, line?.text ?? '');
      case 'statement-finished': {
        const data = { conn_name: event.nodeId, node_info: this.#running(event.nodeId) };
        const elapsed = (event.at - event.startedAt) / 1000;
        const status = event.error === undefined ? 'OK' : `failed: ${event.error}`;
        return [
          { name: 'SQLQuery', level: 'debug', message: line?.text ?? '', data: { ...data, sql: event.sql } },
          {
            name: 'SQLQueryStatus',
            level: 'debug',
            message: `SQL status: ${status} in ${elapsed.toFixed(3)} seconds`,
            data: { node_info: data.node_info, status, elapsed, query_id: '' },
          },
        ];
      }
      case 'step-finished':
        return [...this.#stepFinished(event, line?.text ?? ''), ...others.map(({ level, text }) => note(level, text))];
      case 'batch-failed':
        return [];
      case 'message': {
        const data = { msg: event.text, ...(event.nodeId ? { node_info: this.#running(event.nodeId) } : {}) };
        const name = event.print ? 'PrintEvent' : said[event.level];
        return [{ name, level: event.level, message: line?.text ?? event.text, data }];
      }
      case 'run-interrupted':
        return [{ name: 'LogCancelLine', level: 'warn', message: line?.text ?? '', data: { running: event.running } }];
      case 'run-finished':
        return this.#runFinished(event);
    }
  }

  #expect(nodeId: string): void {
    const parts = this.#parts.get(nodeId) ?? { left: 0, done: [] };
    parts.left += 1;
    this.#parts.set(nodeId, parts);
  }

  #running(nodeId: string): JsonObject {
    return nodeInfo(nodeId, this.#graph(), { status: 'executing', startedAt: this.#started.get(nodeId) });
  }

  #stepStarted(event: Extract<Event, { kind: 'step-started' }>, message: string): readonly DbtEvent[] {
    const { nodeId, thread, at } = event;
    const info = nodeInfo(nodeId, this.#graph(), { status: 'started', startedAt: at });
    const { index, total, node } = this.#narrator.place(event);
    const begun = { level: 'debug', message: `Began running node ${nodeId}`, thread } as const;
    const start: DbtEvent = { name: 'NodeStart', ...begun, data: { node_info: info } };
    if (this.#isQuiet) return [start];
    const name = node.kind === 'operation' ? 'LogHookStartLine' : 'LogStartLine';
    const data = { description: node.label, index, total, node_info: info };
    return [start, { name, level: 'info', message, data, thread }];
  }

  /** Steps of a node that is kept by partitions are batches; the last of them ends the node. */
  #stepFinished(result: StepFinished, message: string): readonly DbtEvent[] {
    const parts = this.#parts.get(result.nodeId);
    if (!parts) return this.#nodeFinished(result, message);
    parts.done.push(result);
    parts.left -= 1;
    const batch: DbtEvent = { ...this.#result(result, message), name: 'LogBatchResult' };
    const [whole] = parts.left > 0 ? [] : wholeNodes(parts.done);
    return whole ? [batch, ...this.#nodeFinished(whole, message)] : [batch];
  }

  #nodeFinished(result: StepFinished, message: string): readonly DbtEvent[] {
    const told = this.#result(result, message);
    const finished: DbtEvent = {
      name: 'NodeFinished',
      level: 'debug',
      message: `Finished running node ${result.nodeId}`,
      data: { node_info: told.data.node_info as JsonObject, run_result: runResult(result) },
      thread: result.thread,
    };
    return this.#isQuiet && told.level !== 'error' ? [finished] : [told, finished];
  }

  #result(result: StepFinished, message: string): DbtEvent {
    const { index, total, node } = this.#narrator.place(result);
    const { nodeId, status, thread, startedAt, at } = result;
    const ran = status === 'skipped' ? {} : { startedAt, finishedAt: at };
    const info = nodeInfo(nodeId, this.#graph(), { status, ...ran });
    const relation = info.node_relation as JsonObject;
    return {
      name: resultName(status, node.kind),
      level: levelOf(result),
      message,
      data: {
        node_info: info,
        description: node.label,
        name: node.name,
        // Of what is built from SQL, dbt says what the warehouse answered.
        status: status === 'success' && /^(model|snapshot)$/.test(node.kind) ? result.message || 'OK' : status,
        result_message: result.message,
        schema: relation.schema ?? '',
        relation: relation.alias ?? '',
        index,
        total,
        num_models: total,
        num_failures: result.failures ?? 0,
        execution_time: seconds(result),
        ...this.#ofKind(nodeId, status),
      },
      thread,
    };
  }

  /** What dbt says of some results only. */
  #ofKind(nodeId: string, status: StepFinished['status']): JsonObject {
    const graph = this.#graph();
    const node = graph?.nodes.get(nodeId) ?? graph?.project.nodes.get(nodeId);
    if (!node) return {};
    const { name: node_name, resource_type } = node;
    if (status === 'skipped') return { node_name, resource_type };
    if (resource_type === 'source') return { source_name: node.source_name, table_name: node.name };
    if (resource_type === 'snapshot') return { cfg: node.config as unknown as JsonObject };
    if (resource_type === 'test') return { attached_node: node.attached_node ?? '' };
    return resource_type === 'unit_test' ? { attached_node: '' } : {};
  }

  #runFinished(event: Extract<Event, { kind: 'run-finished' }>): readonly DbtEvent[] {
    const summary = this.#narrator.summary(event);
    const { results } = summary;
    const stats = statusCounts(results);
    const elapsed = event.elapsedMs / 1000;
    const verdict = verdictOf(summary);
    const interrupted = event.outcome === 'interrupted';
    const partial = results.filter(({ status }) => status === 'partial success').length;
    const counts = { num_errors: stats.error - partial, num_warnings: stats.warn, num_partial_success: partial };
    const completed = { command: `ingot ${this.#command}`, success: event.outcome === 'success', elapsed };
    const ended = [
      {
        name: 'FinishedRunningStats',
        level: 'info',
        message: finishedLine(summary),
        data: { stat_line: counted(summary), execution: '', execution_time: elapsed },
      },
      {
        name: 'EndOfRunSummary',
        level: interrupted ? 'error' : 'info',
        message: verdict.text,
        data: { ...counts, keyboard_interrupt: interrupted },
      },
    ] as const;
    return [
      ...(this.#isQuiet && !interrupted ? [] : ended),
      ...this.#problems(summary),
      ...(this.#isQuiet
        ? []
        : [{ name: 'StatsLine', level: 'info', message: statsLine(results), data: { stats } } as const]),
      ...(this.#command === 'freshness'
        ? [{ name: 'FreshnessCheckComplete', level: 'info', message: 'Done.', data: {} } as const]
        : []),
      {
        name: 'CommandCompleted',
        level: 'debug',
        message: `Command \`${completed.command}\` ${completed.success ? 'succeeded' : 'failed'} after ${elapsed.toFixed(2)} seconds`,
        data: { ...completed, completed_at: new Date(event.at).toISOString() },
      },
    ];
  }

  /** Of each failure and warning which node it is, then what befell it, then where its SQL is. */
  #problems(summary: Summary): readonly DbtEvent[] {
    return problemsOf(summary).flatMap(({ result, level, title, details }): readonly DbtEvent[] => {
      const { nodeId, status, startedAt, at, compiledPath } = result;
      const graph = this.#graph();
      const node_info = nodeInfo(nodeId, graph, { status, startedAt, finishedAt: at });
      const { node_name = '', resource_type = '' } = node_info;
      const path = graph?.nodes.get(nodeId)?.original_file_path ?? '';
      const names = level === 'error' ? failureNames : warningNames;
      return [
        { name: names.title, level, message: title, data: { node_name, path, resource_type, node_info } },
        { name: names.details, level, message: details, data: { msg: details, node_info } },
        ...(compiledPath === undefined
          ? []
          : [
              {
                name: 'SQLCompiledPath',
                level: 'info',
                message: `compiled code at ${compiledPath}`,
                data: { path: compiledPath, node_info },
              } as const,
            ]),
      ];
    });
  }

  /** Nothing is built: how each step ended is told only where it failed. */
  get #isQuiet(): boolean {
    return this.#command === 'compile' || this.#command === 'run-operation';
  }
}

const failureNames = { title: 'RunResultFailure', details: 'RunResultError' } as const;
const warningNames = { title: 'RunResultWarning', details: 'RunResultWarningMessage' } as const;

const said: Readonly<Record<Level, DbtEvent['name']>> = {
  debug: 'JinjaLogDebug',
  info: 'JinjaLogInfo',
  warn: 'JinjaLogWarning',
  error: 'JinjaLogWarning',
};

function resultName(status: StepFinished['status'], kind: string): DbtEvent['name'] {
  if (status === 'skipped') return 'SkippingDetails';
  if (status === 'no-op') return 'LogNodeNoOpResult';
  return resultNames[kind] ?? 'LogNodeResult';
}

const resultNames: Readonly<Record<string, DbtEvent['name']>> = {
  model: 'LogModelResult',
  seed: 'LogSeedResult',
  snapshot: 'LogSnapshotResult',
  test: 'LogTestResult',
  unit_test: 'LogTestResult',
  source: 'LogFreshnessResult',
  operation: 'LogHookEndLine',
  function: 'LogFunctionResult',
};
