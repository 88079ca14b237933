import { partitionsOf } from '../1-parse/index.ts';
import type { Plan } from '../4-plan/index.ts';
import type { Call, Loaded } from '../cli/engine.ts';
import { type Diagnostic, error, readSpan, type TimeDimension, warning } from '../core/index.ts';

/**
 * The stretch of time of a backfill, for the microbatch models in it: the batches of `--from` to `--to`, or of one
 * `--partition`, are built, as with `--event-time-start` and `--event-time-end`, which count before it.
 */
export function withBackfillSpan(
  loaded: Loaded,
  { steps }: Plan,
  { backfill, partitions }: Call,
): { readonly loaded: Loaded; readonly diagnostics: readonly Diagnostic[] } {
  const { graph, environment } = loaded;
  const { flags } = environment;
  const names = steps.flatMap(({ nodeId }) => {
    const node = graph.nodes.get(nodeId);
    const isMicrobatch = node?.resource_type === 'model' && node.config.incremental_strategy === 'microbatch';
    // What is kept by partitions knows them by name.
    const isWhole = isMicrobatch && partitionsOf(node, graph.project.settings) === undefined;
    return isWhole && node.config.materialized === 'incremental' ? [node.name] : [];
  });
  const isSaid = flags.eventTimeStart !== undefined || flags.eventTimeEnd !== undefined;
  if (!backfill || names.length === 0 || isSaid) return { loaded, diagnostics: [] };
  const [from, to] = stretch(partitions);
  if (from === undefined || to === undefined) return { loaded, diagnostics: [notNamed(names)] };
  const span = readSpan(inUtc, from, to);
  if (span.kind === 'problem') {
    return { loaded, diagnostics: [error('run/backfill', span.message, { hint: span.hint })] };
  }
  const [eventTimeStart, eventTimeEnd] = [new Date(span.start), new Date(span.end)];
  return {
    loaded: { ...loaded, environment: { ...environment, flags: { ...flags, eventTimeStart, eventTimeEnd } } },
    diagnostics: [],
  };
}

/** Batches are counted in UTC. */
const inUtc: TimeDimension = {
  kind: 'time',
  name: 'time',
  grain: { kind: 'day' },
  start: '2000-01-01',
  timezone: 'UTC',
  offset: { months: 0, days: 0, hours: 0, minutes: 0 },
};

function stretch(partitions: Call['partitions']): readonly [from: string | undefined, to: string | undefined] {
  const [key, another] = partitions?.keys ?? [];
  if (key === undefined) return [partitions?.from, partitions?.to];
  const [first, last = first, more] = key.split('..');
  return another === undefined && more === undefined ? [first, last] : [undefined, undefined];
}

function notNamed(names: readonly string[]): Diagnostic {
  const message = `No stretch of time is named for ${names.join(', ')}: what an increment builds is built of each`;
  return warning('run/microbatch-span', message, {
    hint: 'Microbatch models take --from and --to, both of them, or one --partition',
  });
}
