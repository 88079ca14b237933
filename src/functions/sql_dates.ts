import type { Rendering } from '../core/index.ts';
import { type CallSite, str, type Value } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched, written } from './warehouse/dispatched.ts';

const asTimestamp = (rendering: Rendering, moment: Value): string =>
  rendering.adapter.statements.expressions.cast(str(moment), rendering.adapter.statements.typeName('timestamp'));

const asSnapshotTime = (rendering: Rendering, moment: Value): string =>
  rendering.adapter.statements.localTime?.(str(moment)) ?? asTimestamp(rendering, moment);

function nowAs(write: typeof asTimestamp, rendering: Rendering, site: CallSite): Value | Promise<Value> {
  const moment = callOwn(rendering, 'current_timestamp', [], site);
  return moment instanceof Promise ? moment.then((known) => write(rendering, known)) : write(rendering, moment);
}

/** dbt's cross-database macros for days and times: `dateadd`, `datediff`, `date_trunc`… Each gives an expression. */
export default [
  ...dispatched('current_timestamp', [], ({ adapter }) => adapter.statements.currentTimestamp()),
  ...dispatched('snapshot_get_time', [], (rendering, _, site) => nowAs(asSnapshotTime, rendering, site)),
  ...dispatched(
    'current_timestamp_backcompat',
    [],
    (rendering, _, site) => rendering.adapter.statements.sessionTimestamp?.() ?? nowAs(asTimestamp, rendering, site),
  ),
  ...dispatched('current_timestamp_in_utc_backcompat', [], (rendering, _, site) => nowAs(asTimestamp, rendering, site)),
  ...dispatched('date', ['year', 'month', 'day'], ({ adapter }, [year, month, day]) =>
    adapter.statements.expressions.date(written(year), written(month), written(day)),
  ),
  ...dispatched('dateadd', ['datepart', 'interval', 'from_date_or_timestamp'], ({ adapter }, [part, interval, from]) =>
    adapter.statements.dateAdd(written(part), written(interval), written(from)),
  ),
  ...dispatched('datediff', ['first_date', 'second_date', 'datepart'], ({ adapter }, [from, to, part]) =>
    adapter.statements.expressions.dateDiff(written(part), written(from), written(to)),
  ),
  ...dispatched('date_trunc', ['datepart', 'date'], ({ adapter }, [part, from]) =>
    adapter.statements.expressions.dateTrunc(written(part), written(from)),
  ),
  ...dispatched('last_day', ['date', 'datepart'], ({ adapter }, [from, part]) =>
    adapter.statements.expressions.lastDay(written(part), written(from)),
  ),
];
