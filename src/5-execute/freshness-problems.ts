import { type Diagnostic, error, type MeasuredFreshness, type SourceNode, type Threshold } from '../core/index.ts';

/** What was asked for the time gave none. */
export function wrongResult(source: SourceNode, reason: string): Diagnostic {
  const message = `The freshness of '${source.source_name}.${source.name}' cannot be told: ${reason}`;
  const hint = 'Make loaded_at_field a timestamp, for example: loaded_at_field: "loaded_on::timestamp"';
  return error('execute/freshness-result', message, { span: source.origin.definition, hint });
}

/** Nothing says when the data was loaded. */
export function noField(source: SourceNode, adapter: string): Diagnostic {
  const message = `The freshness of '${source.source_name}.${source.name}' cannot be told: it has no loaded_at_field, and ${adapter} does not keep when a table was changed`;
  return error('execute/no-loaded-at', message, {
    span: source.origin.definition,
    hint: 'Say loaded_at_field: or loaded_at_query: in config: of the source or the table',
  });
}

/** The data is older than it may be. */
export function staleness(
  source: SourceNode,
  status: 'warn' | 'error',
  { warnAfterSeconds, errorAfterSeconds }: Threshold,
  { maxLoadedAt, ageSeconds }: MeasuredFreshness,
): Diagnostic {
  const limit = status === 'error' ? errorAfterSeconds : warnAfterSeconds;
  const loaded = maxLoadedAt.startsWith('0001-') ? 'has no data' : `was last loaded ${duration(ageSeconds)} ago`;
  return {
    code: 'execute/stale',
    severity: status === 'error' ? 'error' : 'warning',
    message: `'${source.source_name}.${source.name}' ${loaded}, but only ${duration(limit ?? 0)} may pass`,
    span: source.origin.definition,
  };
}

const units = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const;

function duration(seconds: number): string {
  const [size, name] = units.find(([one]) => seconds >= 2 * one || seconds === one) ?? [1, 'second'];
  const count = Math.round((seconds / size) * 10) / 10;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
