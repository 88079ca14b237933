import {
  adapterResponse,
  type Environment,
  type Event,
  type GraphNode,
  type JsonObject,
  pythonJson,
  type StepFinished,
  stepTiming,
  threadName,
  wholeNodes,
} from '../../core/index.ts';
import { writeAtomically } from './atomic-file.ts';
import { artifactMetadata } from './metadata.ts';
import type { CompiledPart } from './node-json.ts';

export interface RunResultsRequest {
  readonly environment: Environment;
  /** The graph's nodes: a result repeats some of what they say. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** What this command has compiled, by unique id. */
  readonly compiled: ReadonlyMap<string, CompiledPart>;
  /** The command's options under dbt's names: what `retry` starts from. */
  readonly args: JsonObject;
}

/** Keeps of a run's events what `run_results.json` needs. */
export interface RunResultsReader {
  record(event: Event): void;
  content(request: RunResultsRequest): JsonObject;
}

/** A reader for one run's events. */
export function readRunEvents(): RunResultsReader {
  const results: StepFinished[] = [];
  let startedAt = 0;
  let elapsedMs: number | undefined;
  let lastAt = 0;
  return {
    record(event) {
      lastAt = event.at;
      if (event.kind === 'run-started') startedAt = event.at;
      // That files were loaded into a source is no result of a node to dbt and its tools.
      if (event.kind === 'step-finished' && !event.nodeId.startsWith('source.')) results.push(event);
      if (event.kind === 'run-finished') elapsedMs = event.elapsedMs;
    },
    content(request) {
      return runResults(results, (elapsedMs ?? Math.max(0, lastAt - startedAt)) / 1000, request);
    },
  };
}

/** The content of `run_results.json` in dbt's schema v6; results in the order in which the steps ended. */
function runResults(results: readonly StepFinished[], elapsedSeconds: number, request: RunResultsRequest): JsonObject {
  return {
    metadata: artifactMetadata('run-results/v6', request.environment),
    results: wholeNodes(results).map((result) => resultEntry(result, request)),
    elapsed_time: elapsedSeconds,
    args: withoutSecrets(request.args),
  };
}

/** Writes `run_results.json`; readers see the old file or the new one. */
export function writeRunResults(path: string, content: JsonObject): void {
  const { results, ...rest } = content;
  const entries = (results ?? []) as readonly JsonObject[];
  writeAtomically(path, pieces(entries, rest));
}

function* pieces(entries: readonly JsonObject[], rest: JsonObject): Iterable<string> {
  const { metadata = {}, elapsed_time = 0, args = {} } = rest;
  yield `{"metadata":${JSON.stringify(metadata)},"results":[`;
  for (const [index, entry] of entries.entries()) yield (index === 0 ? '' : ',') + JSON.stringify(entry);
  yield `],"elapsed_time":${JSON.stringify(elapsed_time)},"args":${pythonJson(args as JsonObject)}}`;
}

function resultEntry(result: StepFinished, request: RunResultsRequest): JsonObject {
  const node = request.nodes.get(result.nodeId);
  const compiled = request.compiled.get(result.nodeId);
  // Seeds, exposures and others without SQL have no `compiled` to speak of.
  const hasSql =
    node?.resource_type === 'unit_test' || (node !== undefined && 'language' in node && node.resource_type !== 'seed');
  const skipped = result.status === 'skipped';
  return {
    status: result.status,
    timing: skipped ? [] : stepTiming(result),
    thread_id: result.nodeId.startsWith('operation.') ? 'main' : threadName(result.thread),
    execution_time: skipped ? 0 : (result.at - result.startedAt) / 1000,
    adapter_response: adapterResponse(result),
    message: result.message === '' ? null : result.message,
    failures: result.failures,
    unique_id: result.nodeId,
    // Of a macro that was run by itself, dbt says that it was not compiled.
    compiled: hasSql || result.nodeId.startsWith('macro.') ? compiled !== undefined : null,
    compiled_code: compiled?.sql ?? null,
    relation_name: hasSql && 'language' in node ? (result.relationName ?? node.relation_name ?? null) : null,
    batch_results: result.batchResults ?? null,
  };
}

/** `--vars` whose names say that they are secrets are not written down. */
function withoutSecrets(args: JsonObject): JsonObject {
  const { vars } = args;
  if (vars === null || typeof vars !== 'object' || Array.isArray(vars)) return args;
  const secrets = Object.entries(vars as JsonObject).flatMap(([name, value]) =>
    name.startsWith('DBT_ENV_SECRET') && typeof value === 'string' && value.trim() !== '' ? [value] : [],
  );
  if (secrets.length === 0) return args;
  const scrub = (text: string): string =>
    secrets.reduce((scrubbed, secret) => scrubbed.replaceAll(secret, '*****'), text);
  return JSON.parse(JSON.stringify(args, (_, value: unknown) => (typeof value === 'string' ? scrub(value) : value)));
}
