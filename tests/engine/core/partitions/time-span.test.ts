import { expect, test } from 'vitest';
import { formatTimeKey, overlapping, readSpan, type TimeDimension } from '../../../../src/core/index.ts';
import { time } from './dimensions.ts';

const day = time('day', 'Europe/Berlin', { start: '2024-01-01' });
const hour = time('hour', 'Europe/Berlin', { start: '2024-01-01' });

/** The first and the last partition that a span touches, or what is wrong with it. */
function between(dimension: TimeDimension, from?: string, to?: string): string {
  const span = readSpan(dimension, from, to);
  if (span.kind === 'problem') return span.message;
  const [first, end] = overlapping(dimension, span);
  return `${formatTimeKey(dimension, first)}..${formatTimeKey(dimension, end - 1)}`;
}

test('a span is of whole times, whose last one belongs to it, in the zone of the partitions', () => {
  expect(between(day, '2024-03', '2024-03')).toBe('2024-03-01..2024-03-31');
  expect(between(day, '2024-01-02', '2024-01-02')).toBe('2024-01-02..2024-01-02');
  expect(between(hour, '2024-03-31', '2024-03-31')).toBe('2024-03-31T00:00+01:00..2024-03-31T23:00+02:00');
});

test.each([
  ['2024-03', 'soon', "'soon' is no date or time"],
  ['2024-03', '2024-02', "'2024-02' is before '2024-03'"],
])('a span from %s to %s is refused: %s', (from, to, problem) => {
  expect(between(hour, from, to)).toContain(problem);
});
