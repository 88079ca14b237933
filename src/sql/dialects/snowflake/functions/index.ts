// functions: Snowflake's functions → their catalogue
import { createCatalogue, type FunctionFamily } from '../../../types/index.ts';
import { types } from '../types/index.ts';
import { aggregates } from './aggregates.ts';
import { conditionals } from './conditionals.ts';
import { context } from './context.ts';
import { geospatial } from './geospatial.ts';
import { moments } from './moments.ts';
import { numbers } from './numbers.ts';
import { resultsWith } from './results.ts';
import { semiStructured } from './semi-structured.ts';
import { strings } from './strings.ts';
import { system } from './system.ts';
import { tables } from './tables.ts';

const families: readonly FunctionFamily[] = [
  strings,
  numbers,
  moments,
  conditionals,
  semiStructured,
  aggregates,
  geospatial,
  tables,
  context,
  system,
].flat();

/** From docs.snowflake.com/en/sql-reference/functions-date-time, "Supported date and time parts". */
const dateParts = `
year y yy yyy yyyy yr years yrs
month mm mon mons months
day d dd days dayofmonth
dayofweek weekday dow dw
dayofweek_iso dayofweekiso weekday_iso dow_iso dw_iso
dayofyear yearday doy dy
week w wk weekofyear woy wy weeks
week_iso weekiso weekofyeariso weekofyear_iso
quarter q qtr qtrs quarters
yearofweek
yearofweekiso
hour h hh hr hours hrs
minute m mi min minutes mins
second s sec seconds secs
millisecond ms msec milliseconds
microsecond us usec microseconds
nanosecond ns nsec nanosec nsecond nanoseconds nanosecs nseconds
epoch_second epoch epoch_seconds
epoch_millisecond epoch_milliseconds
epoch_microsecond epoch_microseconds
epoch_nanosecond epoch_nanoseconds
timezone_hour tzh
timezone_minute tzm`;

/** Snowflake's built-in functions, as documented in 2026. */
export const functions = createCatalogue({
  types,
  families: () => families,
  results: resultsWith((part) => functions.dateParts.get(part)),
  bare: ['current_date', 'current_time', 'current_timestamp', 'current_user', 'localtime', 'localtimestamp'],
  dateParts,
});
