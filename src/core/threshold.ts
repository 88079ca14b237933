import type { JsonObject } from './json.ts';

/** `freshness:` of a source: how old its data may be. */
export interface Threshold {
  readonly warnAfterSeconds: number | undefined;
  readonly errorAfterSeconds: number | undefined;
  readonly filter: string | undefined;
}

const periodSeconds: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/** Undefined where nobody said how old the data may be, so that there is nothing to check. */
export function thresholdOf(freshness: JsonObject | null): Threshold | undefined {
  const warnAfterSeconds = secondsOf(freshness?.warn_after);
  const errorAfterSeconds = secondsOf(freshness?.error_after);
  if (warnAfterSeconds === undefined && errorAfterSeconds === undefined) return undefined;
  const filter = typeof freshness?.filter === 'string' && freshness.filter !== '' ? freshness.filter : undefined;
  return { warnAfterSeconds, errorAfterSeconds, filter };
}

function secondsOf(time: unknown): number | undefined {
  const { count, period } = (time ?? {}) as { readonly count?: unknown; readonly period?: unknown };
  if (typeof count !== 'number' || typeof period !== 'string') return undefined;
  const seconds = periodSeconds[period];
  return seconds === undefined ? undefined : count * seconds;
}

/** dbt's verdict on data of some age. */
export function judgeFreshness(threshold: Threshold, ageSeconds: number): 'pass' | 'warn' | 'error' {
  const { warnAfterSeconds = Number.POSITIVE_INFINITY, errorAfterSeconds = Number.POSITIVE_INFINITY } = threshold;
  if (ageSeconds > errorAfterSeconds) return 'error';
  return ageSeconds > warnAfterSeconds ? 'warn' : 'pass';
}
