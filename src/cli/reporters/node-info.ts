import type { Graph } from '../../2-graph/index.ts';
import { adapterResponse, type JsonObject, type StepFinished, stepTiming, threadName } from '../../core/index.ts';

export interface NodeMoment {
  readonly status: string;
  /** Milliseconds since 1970; not yet where undefined. */
  readonly startedAt?: number | undefined;
  readonly finishedAt?: number | undefined;
}

/** What dbt's events say of a node, as of one moment of its run. */
export function nodeInfo(nodeId: string, graph: Graph | undefined, moment: NodeMoment): JsonObject {
  const node = graph?.nodes.get(nodeId) ?? graph?.project.nodes.get(nodeId);
  const fields = (node ?? {}) as unknown as Readonly<Record<string, JsonObject | string | null | undefined>>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const config = objectOf(fields.config);
  const [kind = '', , ...name] = nodeId.split('.');
  return {
    materialized: text(config.materialized),
    meta: objectOf(config.meta),
    node_checksum: text(objectOf(fields.checksum).checksum),
    node_finished_at: localTime(moment.finishedAt),
    node_name: node?.name ?? name.join('.'),
    node_path: text(fields.path),
    node_relation: {
      alias: text(fields.alias),
      database: text(fields.database),
      relation_name: text(fields.relation_name),
      schema: text(fields.schema),
    },
    node_started_at: localTime(moment.startedAt),
    node_status: moment.status,
    resource_type: node?.resource_type ?? kind,
    unique_id: nodeId,
  };
}

/** The result of a step as dbt's `NodeFinished` has it. */
export function runResult(result: StepFinished): JsonObject {
  return {
    adapter_response: adapterResponse(result),
    execution_time: seconds(result),
    message: result.message,
    num_failures: result.failures ?? 0,
    status: result.status,
    thread: threadName(result.thread),
    timing_info: result.status === 'skipped' ? [] : stepTiming(result),
  };
}

/** How long a step took. */
export const seconds = (result: StepFinished): number =>
  result.status === 'skipped' ? 0 : (result.at - result.startedAt) / 1000;

const objectOf = (value: unknown): JsonObject =>
  value !== null && typeof value === 'object' ? (value as JsonObject) : {};

/** UTC with microseconds and no zone, as dbt has it here; empty where it has not come to that. */
const localTime = (at: number | undefined): string =>
  at === undefined ? '' : new Date(at).toISOString().replace('Z', '000');
