import {
  artifactTime,
  type Environment,
  type Event,
  type GraphNode,
  type JsonObject,
  type StepFinished,
} from '../../core/index.ts';
import { writeAtomically } from './atomic-file.ts';
import { artifactMetadata } from './metadata.ts';

export interface SourcesRequest {
  readonly environment: Environment;
  readonly nodes: ReadonlyMap<string, GraphNode>;
}

/** Keeps of a run's events what `sources.json` needs. */
export interface FreshnessReader {
  record(event: Event): void;
  /** The content of `sources.json` in dbt's schema v3. As in dbt, a check that could not be made is not in it. */
  content(request: SourcesRequest): JsonObject;
}

/** A reader for one run's events. */
export function readFreshnessEvents(): FreshnessReader {
  const results: StepFinished[] = [];
  let elapsedMs = 0;
  return {
    record(event) {
      if (event.kind === 'step-finished' && event.freshness !== undefined) results.push(event);
      if (event.kind === 'run-finished') elapsedMs = event.elapsedMs;
    },
    content: ({ environment, nodes }) => ({
      metadata: artifactMetadata('sources/v3', environment),
      results: results.map((result) => entryOf(result, nodes.get(result.nodeId))),
      elapsed_time: elapsedMs / 1000,
    }),
  };
}

/** Writes `sources.json`; readers see the old file or the new one. */
export function writeSources(path: string, content: JsonObject): void {
  writeAtomically(path, [JSON.stringify(content)]);
}

function entryOf({ freshness, ...result }: StepFinished, node: GraphNode | undefined): JsonObject {
  return {
    unique_id: result.nodeId,
    max_loaded_at: pythonTime(freshness?.maxLoadedAt),
    snapshotted_at: pythonTime(freshness?.snapshottedAt),
    max_loaded_at_time_ago_in_s: freshness?.ageSeconds ?? null,
    status: result.status,
    criteria: node?.resource_type === 'source' ? node.freshness : null,
    adapter_response: { _message: 'OK' },
    timing: [
      { name: 'compile', started_at: artifactTime(result.startedAt), completed_at: artifactTime(result.startedAt) },
      { name: 'execute', started_at: artifactTime(result.startedAt), completed_at: artifactTime(result.at) },
    ],
    thread_id: `Thread-${Math.max(1, result.thread)} (worker)`,
    execution_time: (result.at - result.startedAt) / 1000,
  };
}

/** A time as dbt writes it here, so that the two can be compared as texts: `source_status:fresher` does. */
function pythonTime(time: string | undefined): string | null {
  return time?.replace('.000000', '').replace(/Z$/, '+00:00') ?? null;
}
