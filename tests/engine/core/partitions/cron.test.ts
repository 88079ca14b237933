import { CronExpressionParser } from 'cron-parser';
import { describe, expect, it } from 'vitest';
import { formatTimeKey, partitionAt, windowOf } from '../../../../src/core/index.ts';
import { readCron } from '../../../../src/core/partitions/cron-fields.ts';
import { cronGrid } from '../../../../src/core/partitions/cron-grid.ts';
import { time } from './dimensions.ts';

const expressions = [
  '* * * * *',
  '*/7 * * * *',
  '0 * * * *',
  '30 */6 * * *',
  '0 0 * * *',
  '0 6 * * 1-5',
  '15,45 8-18/2 * * mon,wed,fri',
  '0 0 1 * *',
  '0 0 l * *',
  '0 12 29 2 *',
  '0 0 1,15 * 3',
  '0 0 * jan-mar sun',
  '0 0 * * 7',
  '0 0 * * 1#2',
  '0 0 * * 5l',
  '5/20 3 * * *',
  '@hourly',
  '@weekly',
  '@yearly',
];

describe('the times of a cron expression', () => {
  it.each(expressions)('%s: the next 60 are those that cron-parser finds', (expression) => {
    const begin = Date.UTC(2023, 10, 28, 7, 12);
    const judge = CronExpressionParser.parse(
      expression.toUpperCase().replace(/@\w+/, (name) => name.toLowerCase()),
      {
        currentDate: new Date(begin),
        tz: 'UTC',
      },
    );
    const grid = cronGrid(expression);
    const first = grid.stepAt(begin) + 1;
    const expected = Array.from({ length: 60 }, () => judge.next().getTime());
    expect(expected.map((_, index) => grid.wallOf(first + index))).toEqual(expected);
  });

  it.each(expressions)('%s: step and time belong together, also before 1970', (expression) => {
    const grid = cronGrid(expression);
    for (const begin of [Date.UTC(1931, 5, 1), Date.UTC(1969, 11, 31), Date.UTC(2000, 1, 28), Date.UTC(2039, 0, 1)]) {
      const step = grid.stepAt(begin);
      for (let index = step - 20; index < step + 20; index += 1) {
        expect(grid.stepAt(grid.wallOf(index))).toBe(index);
        expect(grid.stepAt(grid.wallOf(index + 1) - 1)).toBe(index);
      }
      expect(grid.wallOf(step)).toBeLessThanOrEqual(begin);
      expect(grid.wallOf(step + 1)).toBeGreaterThan(begin);
    }
  });

  it('happen once where clocks are set back, unless they are hourly', () => {
    const night = time({ kind: 'cron', expression: '30 2 * * *' }, 'Europe/Berlin');
    const hourly = time({ kind: 'cron', expression: '0 * * * *' }, 'Europe/Berlin');
    const [from, to] = [Date.parse('2024-10-26T12:00:00Z'), Date.parse('2024-10-27T12:00:00Z')];
    expect(partitionAt(night, to) - partitionAt(night, from)).toBe(1);
    expect(formatTimeKey(night, partitionAt(night, to))).toBe('2024-10-27T02:30+02:00');
    expect(partitionAt(hourly, to) - partitionAt(hourly, from)).toBe(24);
    expect(partitionAt(hourly, to) - partitionAt(hourly, to - 11 * 3_600_000)).toBe(11);
  });

  it('begin at the jump where clocks skip them', () => {
    const night = time({ kind: 'cron', expression: '30 2 * * *' }, 'Europe/Berlin');
    const ordinal = partitionAt(night, Date.parse('2024-03-31T12:00:00Z'));
    expect(formatTimeKey(night, ordinal)).toBe('2024-03-31T03:00+02:00');
    expect(windowOf(night, ordinal).local.start).toBe('2024-03-31 02:30:00');
  });

  it.each([
    ['0 6 * *', "A cron expression has five fields, '0 6 * *' has 4"],
    ['constructor', "A cron expression has five fields, 'constructor' has 1"],
    ['', "A cron expression has five fields, '' has 0"],
    ['60 * * * *', "'60 * * * *' is no cron expression: minutes are 0 to 59, not '60'"],
    ['0 0 * foo *', "'0 0 * foo *' is no cron expression: months are 1 to 12, or jan to dec, not 'foo'"],
    ['*/0 * * * *', "'*/0 * * * *' is no cron expression: '*/0' has no such step"],
    ['0 18-6 * * *', "'0 18-6 * * *' is no cron expression: '18-6' is no range"],
    ['0 0 30 2 *', "The cron expression '0 0 30 2 *' never happens"],
    ['@dayly', "There is no cron name '@dayly'"],
  ])('%s is refused', (expression, message) => {
    expect(readCron(expression)).toMatchObject({ kind: 'problem', message });
  });
});
