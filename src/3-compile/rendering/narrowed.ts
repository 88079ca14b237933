import { steppedPartitionsOf } from '../../1-parse/index.ts';
import {
  allPartitions,
  type CodeNode,
  type Flags,
  keySetOf,
  type Node,
  noKeys,
  type PartitionSlice,
  pointAt,
  type Relation,
  type SourceNode,
} from '../../core/index.ts';
import type { Batch, CompilerInput } from '../compilation.ts';
import { narrowedRef } from '../partitions/narrowed-ref.ts';
import { momentText } from './batch.ts';
import type { RenderingRequest } from './request.ts';

/**
 * `--empty` reads no rows, a batch and `--sample` only those of a stretch of time, a model with `narrow_refs` those that
 * its partition mapping gives: a subquery then stands in for the name. It has no alias of ours, since the query may give
 * it one.
 */
export function narrowed(
  relation: Relation,
  parent: Node | SourceNode,
  input: CompilerInput,
  request: RenderingRequest,
): Relation {
  const name = input.shelves.adapter.statements.renderRelation(relation);
  if (input.environment.flags.empty) {
    return { ...relation, expression: `(select * from ${name} where false limit 0)` };
  }
  const stretch = stretchOfTime(request, input.environment.flags.sample);
  const conditions = [
    stretch && timeCondition(parent.config.event_time, stretch),
    request.batch ? undefined : partitionCondition(parent, input, request),
  ].filter((condition) => condition !== undefined);
  if (conditions.length === 0) return relation;
  return { ...relation, expression: `(select * from ${name} where ${conditions.join(' and ')})` };
}

/** What a batch and `--sample` leave of time for a model or snapshot to read; undefined where neither says anything. */
function stretchOfTime(
  { batch, node }: RenderingRequest,
  sample: Flags['sample'],
): Pick<Batch, 'start' | 'end'> | undefined {
  if (!sample || !/^(model|snapshot)\./.test(node?.unique_id ?? '')) return batch;
  if (!batch) return sample;
  return {
    start: new Date(Math.max(Number(batch.start), Number(sample.start))),
    end: new Date(Math.min(Number(batch.end), Number(sample.end))),
  };
}

function timeCondition(eventTime: unknown, { start, end }: Pick<Batch, 'start' | 'end'>): string | undefined {
  if (typeof eventTime !== 'string') return undefined;
  return `${eventTime} >= '${momentText(start)}' and ${eventTime} < '${momentText(end)}'`;
}

/** Hooks read what is there. */
function partitionCondition(
  parent: Node | SourceNode,
  input: CompilerInput,
  { phase, node, partitions }: RenderingRequest,
): string | undefined {
  if (phase !== 'compile' || node?.config.narrow_refs !== true) return undefined;
  const slice = partitions ?? newestPartition(node, input);
  return slice && narrowedRef(node, parent, slice, input);
}

/** What a node with partitions is compiled for where nothing is built. */
export function newestPartition(node: CodeNode, { graph, environment }: CompilerInput): PartitionSlice | undefined {
  const definition = steppedPartitionsOf(node, graph.project.settings);
  if (!definition) return undefined;
  const point = pointAt(allPartitions(definition, { now: environment.startedAt.getTime(), current: true }), -1);
  return { definition, keys: point ? keySetOf([point]) : noKeys };
}
