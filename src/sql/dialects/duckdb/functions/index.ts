// functions: DuckDB's functions → their catalogue
import { createCatalogue } from '../../../types/index.ts';
import { types } from '../types/index.ts';
import { aggregates, scalars, tables, windows } from './data.ts';
import { results } from './results.ts';

const dateParts = `
year yr y years yrs
month mon months mons
day days d dayofmonth
decade decades dec decs
century centuries cent c
millennium millennia millenniums mil mils
microseconds microsecond us usec usecs usecond useconds
milliseconds millisecond ms msec msecs
second seconds sec secs s
minute minutes min mins m
hour hours hr hrs h
epoch
dow dayofweek weekday
isodow
week weeks w weekofyear
doy dayofyear
quarter quarters
isoyear
yearweek
era
timezone
timezone_hour
timezone_minute
julian
nanoseconds nanosecond ns nsec`;

/** DuckDB's built-in functions; table functions' arguments are not checked. */
export const functions = createCatalogue({
  types,
  families: () => [
    { kind: 'scalar', nulls: 'maybe', lines: scalars },
    { kind: 'aggregate', nulls: 'maybe', lines: aggregates },
    { kind: 'window', nulls: 'maybe', lines: windows },
    { kind: 'table', nulls: 'never', lines: tables },
  ],
  results,
  bare: [
    'current_date',
    'current_time',
    'current_timestamp',
    'localtime',
    'localtimestamp',
    'current_user',
    'session_user',
    'user',
    'current_role',
    'current_catalog',
    'current_schema',
  ],
  dateParts,
});
