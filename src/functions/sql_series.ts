import type { Rendering } from '../core/index.ts';
import { type CallSite, listOf, type Result, str, TemplateError, type Value } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';
import { runStatement } from './warehouse/session.ts';

/** dbt's macros that make rows out of nothing: `generate_series`, `date_spine`, and what they count with. */
export default [
  ...dispatched('get_powers_of_two', ['upper_bound'], (_, [upperBound]) => {
    const bound = wholeNumber(upperBound);
    if (bound <= 0) throw new TemplateError('upper bound must be positive');
    return Math.max(1, Math.ceil(Math.log2(bound)));
  }),
  ...dispatched('generate_series', ['upper_bound'], ({ adapter }, [upperBound]) =>
    adapter.statements.expressions.generateSeries(wholeNumber(upperBound)),
  ),
  ...dispatched('get_intervals_between', ['start_date', 'end_date', 'datepart'], intervalsBetween),
  ...dispatched('date_spine', ['datepart', 'start_date', 'end_date'], dateSpine),
];

function wholeNumber(value: Value | undefined): number {
  const number = Number(str(value ?? null));
  if (Number.isInteger(number)) return number;
  throw new TemplateError(`A whole number is needed as the upper bound, not ${str(value ?? null)}`, 'TypeError');
}

/** Counted by the warehouse; while parsing, nobody can know. */
function intervalsBetween(rendering: Rendering, bound: readonly (Value | undefined)[], site: CallSite): Result {
  if (!rendering.execute) return 1;
  return count(rendering, bound, site);
}

async function count(rendering: Rendering, bound: readonly (Value | undefined)[], site: CallSite): Promise<Value> {
  const difference = await callOwn(rendering, 'datediff', bound, site);
  const { table } = await runStatement(rendering, `select ${str(difference)}`, true, 'get_intervals_between()');
  const first = table === undefined ? undefined : listOf(table)[0];
  return first === undefined ? 1 : (listOf(first)[0] ?? null);
}

function dateSpine(rendering: Rendering, bound: readonly (Value | undefined)[], site: CallSite): Result {
  const [part, start, end] = bound;
  const intervals = callOwn(rendering, 'get_intervals_between', [start, end, part], site);
  return intervals instanceof Promise
    ? intervals.then((known) => spineOf(rendering, known, bound, site))
    : spineOf(rendering, intervals, bound, site);
}

function spineOf(
  rendering: Rendering,
  intervals: Value,
  [part, start, end]: readonly (Value | undefined)[],
  site: CallSite,
): Result {
  const series = callOwn(rendering, 'generate_series', [intervals], site);
  const moment = callOwn(rendering, 'dateadd', [part, 'generated_number - 1', start], site);
  const column = `date_${sqlOf(part)}`;
  const write = (numbers: Value, date: Value): string =>
    [
      'with numbers as (',
      str(numbers),
      '), all_periods as (',
      `  select ${str(date)} as ${column} from numbers`,
      ')',
      `select * from all_periods where ${column} <= ${sqlOf(end)}`,
    ].join('\n');
  if (series instanceof Promise || moment instanceof Promise) {
    return Promise.all([series, moment]).then(([numbers, date]) => write(numbers, date));
  }
  return write(series, moment);
}
