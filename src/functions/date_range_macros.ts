import { DatetimeValue, microsPerDay, type TemplateFunction } from '../core/index.ts';
import { str, TemplateError } from '../jinja/index.ts';
import { strptime } from './python/strptime.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';

const byDay = '%Y%m%d';

/**
 * dbt's macros that work with dates before there is SQL: `dates_in_range('20240130', '20240201')` gives a list of texts,
 * `partition_range('20240130, 20240201')` one of literals, `convert_datetime('20240130', '%Y%m%d')` a moment, and
 * `py_current_timestring()` a text of the present one.
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('convert_datetime', ['date_str', 'date_fmt'], (_, [text, format]) =>
    strptime(sqlOf(text), sqlOf(format)),
  ),
  ...dispatched(
    'dates_in_range',
    ['start_date_str', 'end_date_str=', 'in_fmt=', 'out_fmt='],
    (_, [from, to, inFormat, outFormat]) =>
      datesInRange(sqlOf(from), sqlOf(to, sqlOf(from)), sqlOf(inFormat, byDay), sqlOf(outFormat, byDay)),
  ),
  ...dispatched('partition_range', ['raw_partition_date', 'date_fmt='], ({ adapter }, [given, format]) => {
    const ends = str(given ?? null)
      .split(',')
      .map((end) => end.trim());
    const [from = '', to = from] = ends;
    if (ends.length > 2) throw new TemplateError(`partition_range() takes one or two dates, not '${ends.join(', ')}'`);
    const form = sqlOf(format, byDay);
    return datesInRange(from, to, form, form).map((date) => adapter.statements.literal(date));
  }),
  ...dispatched('py_current_timestring', [], ({ environment }) =>
    DatetimeValue.at(environment.startedAt).format('%Y%m%dT%H%M%S%f'),
  ),
];
export default functions;

/** Every day from the first to the last, both included. */
function datesInRange(first: string, last: string, inFormat: string, outFormat: string): string[] {
  const [from, to] = [strptime(first, inFormat), strptime(last, inFormat)];
  if (to.wall < from.wall) {
    throw new TemplateError(`dates_in_range() needs a last day that is not before the first: ${first}, ${last}`);
  }
  const days = Number((to.wall - from.wall) / microsPerDay) + 1;
  return Array.from({ length: days }, (_, day) =>
    new DatetimeValue(from.wall + BigInt(day) * microsPerDay).format(outFormat),
  );
}
