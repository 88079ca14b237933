import type { CodeNode, Relation } from '../../core/index.ts';
import type { Batch } from '../compilation.ts';

/** A batch is told to templates as `model.batch`, and as two settings, which older projects read. */
export function withBatch(node: CodeNode, batch: Batch | undefined): CodeNode {
  if (!batch) return node;
  const [start, end] = [momentText(batch.start), momentText(batch.end)];
  const config = {
    ...node.config,
    __dbt_internal_microbatch_event_time_start: start,
    __dbt_internal_microbatch_event_time_end: end,
  };
  const told = { id: batch.id, event_time_start: start, event_time_end: end };
  return Object.assign({ ...node }, { config, batch: told });
}

/** As Python writes a time in UTC. */
export function momentText(time: Date): string {
  const text = time.toISOString().slice(0, -1).replace('T', ' ');
  return `${text.endsWith('.000') ? text.slice(0, -4) : `${text}000`}+00:00`;
}

/** The first batch of a model builds its table; for those after it, there is one. */
export function existingOfBatch(batch: Batch | undefined, relation: Relation): Relation | undefined {
  return batch?.incremental ? { ...relation, type: 'table' } : undefined;
}
