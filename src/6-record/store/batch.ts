import { hash } from 'node:crypto';
import {
  type BatchFailed,
  type Diagnostic,
  type Event,
  type JsonObject,
  pythonJson,
  type RunStarted,
  type StatementFinished,
  type StepFinished,
  type StepStarted,
  stepId,
  withoutRun,
} from '../../core/index.ts';
import type { ProcessIdentity } from './process-life.ts';
import type { DiagnosticRow, MessageRow, RunRow, SqlTextRow, StatementRow, StepRow } from './schema.ts';

/** Rows that wait to be written. Later rows of the same key take the place of earlier ones. */
export interface Batch {
  run: RunRow | undefined;
  readonly steps: Map<number, StepRow>;
  readonly statements: StatementRow[];
  readonly texts: SqlTextRow[];
  readonly diagnostics: DiagnosticRow[];
  readonly messages: MessageRow[];
}

/** Turns the events of one run into rows. */
export class RunRows {
  batch: Batch = emptyBatch();
  /** Rows that wait. */
  waiting = 0;
  readonly #process: ProcessIdentity;
  #run: RunRow | undefined;
  readonly #positions = new Map<string, number>();
  readonly #types: string[] = [];
  readonly #knownTexts = new Set<string>();
  #statements = 0;
  #diagnostics = 0;
  #messages = 0;

  constructor(process: ProcessIdentity) {
    this.#process = process;
  }

  /** Hands out what waits and starts anew. */
  take(): Batch {
    const { batch } = this;
    this.batch = emptyBatch();
    this.waiting = 0;
    return batch;
  }

  add(event: Event): void {
    this.waiting += 1;
    switch (event.kind) {
      case 'run-started':
        this.#start(event);
        break;
      case 'step-started':
        this.#stepStarted(event);
        break;
      case 'statement-finished':
        this.#statement(event);
        break;
      case 'step-finished':
        this.#stepFinished(event);
        break;
      case 'batch-failed':
        this.#batchFailed(event);
        break;
      case 'message':
        if (event.diagnostic) this.#diagnose(event.diagnostic, event.nodeId ?? null);
        this.#message(event.at, event.level, event.text, event.nodeId ?? null);
        break;
      case 'run-interrupted':
        this.#message(event.at, 'warn', `Interrupted; running: ${event.running.join(', ') || 'nothing'}`, null);
        break;
      case 'run-finished':
        this.#change({ finished_at: event.at, outcome: event.outcome, elapsed_ms: Math.round(event.elapsedMs) });
        break;
    }
  }

  /** A problem of the run as a whole. */
  diagnose(diagnostic: Diagnostic): void {
    this.waiting += 1;
    this.#diagnose(diagnostic, null);
  }

  get #runId(): string {
    return this.#run?.run_id ?? '';
  }

  #start(event: RunStarted): void {
    for (const [index, step] of event.steps.entries()) {
      this.#positions.set(stepId(step), index);
      this.#types[index] = step.resourceType;
    }
    this.#run = {
      run_id: event.invocationId,
      command: event.command,
      args: pythonJson(event.args as JsonObject),
      target: event.target,
      version: event.version,
      started_at: event.at,
      finished_at: null,
      outcome: 'running',
      elapsed_ms: null,
      steps_planned: event.steps.length,
      pid: this.#process.pid,
      host: this.#process.host,
      process_started_at: this.#process.processStartedAt,
    };
    this.batch.run = this.#run;
  }

  #change(change: Partial<RunRow>): void {
    if (!this.#run) return;
    this.#run = { ...this.#run, ...change };
    this.batch.run = this.#run;
  }

  /** Project hooks are no steps of the plan; they stand behind it, in the order in which they ran. */
  #positionOf(step: { readonly nodeId: string; readonly partition?: string | undefined }): number {
    const { nodeId } = step;
    const known = this.#positions.get(stepId(step));
    if (known !== undefined) return known;
    const position = this.#positions.size;
    this.#positions.set(stepId(step), position);
    this.#types[position] = nodeId.split('.', 1)[0] ?? '';
    return position;
  }

  #stepStarted(event: StepStarted): void {
    const position = this.#positionOf(event);
    this.#putStep({
      ...emptyStep,
      run_id: this.#runId,
      position,
      node_id: event.nodeId,
      resource_type: this.#types[position] ?? '',
      partition_key: event.partition ?? '',
      status: 'running',
      started_at: event.at,
      thread: event.thread,
    });
  }

  #stepFinished(event: StepFinished): void {
    const position = this.#positionOf(event);
    this.#putStep({
      run_id: this.#runId,
      position,
      node_id: event.nodeId,
      resource_type: this.#types[position] ?? '',
      partition_key: event.partition ?? '',
      status: event.status,
      started_at: event.startedAt,
      finished_at: event.at,
      compile_started_at: event.compileStartedAt ?? null,
      compile_finished_at: event.compileFinishedAt ?? null,
      thread: event.thread,
      message: event.message ?? '',
      failures: event.failures,
      rows_affected: event.rowsAffected,
      skipped_because: event.skippedBecause ?? (wasCancelled(event) ? 'cancelled' : null),
      compiled_path: event.compiledPath ?? null,
      relation_name: event.relationName ?? null,
    });
    for (const diagnostic of event.diagnostics) this.#diagnose(diagnostic, event.nodeId);
  }

  /** What is recorded of it is what would be recorded of a step of its own. */
  #batchFailed({ nodeId, partition, startedAt, at, message }: BatchFailed): void {
    const position = this.#positionOf({ nodeId, partition });
    this.#putStep({
      ...emptyStep,
      run_id: this.#runId,
      position,
      node_id: nodeId,
      resource_type: this.#types[position] ?? '',
      partition_key: partition,
      status: 'error',
      started_at: startedAt,
      finished_at: at,
      message,
    });
  }

  #putStep(row: StepRow): void {
    this.batch.steps.set(row.position, row);
  }

  #statement(event: StatementFinished): void {
    const sql = withoutRun(event.sql);
    const ofText = hash('sha1', sql, 'base64url');
    if (!this.#knownTexts.has(ofText)) {
      this.#knownTexts.add(ofText);
      this.batch.texts.push({ sql_hash: ofText, sql });
    }
    this.batch.statements.push({
      run_id: this.#runId,
      number: this.#statements++,
      node_id: event.nodeId,
      sql_hash: ofText,
      started_at: event.startedAt,
      finished_at: event.at,
      rows_affected: event.rowsAffected,
      error: event.error ?? null,
    });
  }

  #diagnose(diagnostic: Diagnostic, nodeId: string | null): void {
    this.batch.diagnostics.push({
      run_id: this.#runId,
      number: this.#diagnostics++,
      node_id: nodeId,
      code: diagnostic.code,
      severity: diagnostic.severity,
      message: diagnostic.message,
      file: diagnostic.span?.file ?? null,
      start_offset: diagnostic.span?.start ?? null,
      end_offset: diagnostic.span?.end ?? null,
      hint: diagnostic.hint ?? null,
      notes: diagnostic.notes ? JSON.stringify(diagnostic.notes) : null,
    });
  }

  #message(at: number, level: string, text: string, nodeId: string | null): void {
    this.batch.messages.push({ run_id: this.#runId, number: this.#messages++, at, level, text, node_id: nodeId });
  }
}

/** It ended because somebody wanted an end: no failure of its own. */
const wasCancelled = ({ diagnostics }: StepFinished): boolean =>
  diagnostics.length > 0 && diagnostics.every(({ code }) => code === 'execute/cancelled');

/** Has every field: to add one to a copy costs twenty times as much as to change one. */
const emptyStep: StepRow = {
  run_id: '',
  position: 0,
  node_id: '',
  resource_type: '',
  partition_key: '',
  status: 'running',
  started_at: 0,
  finished_at: null,
  compile_started_at: null,
  compile_finished_at: null,
  thread: 0,
  message: '',
  failures: null,
  rows_affected: null,
  skipped_because: null,
  compiled_path: null,
  relation_name: null,
};

function emptyBatch(): Batch {
  return { run: undefined, steps: new Map(), statements: [], texts: [], diagnostics: [], messages: [] };
}
