import type { FunctionFamily } from '../../../types/index.ts';

/** Dates, times, timestamps, their construction and conversion between zones. */
export const moments: readonly FunctionFamily[] = [
  {
    kind: 'scalar',
    nulls: 'any',
    lines: `
add_months (dt, number) =moment
dateadd, timeadd, timestampadd (part, number, moment) =dateadd
datediff, timediff, timestampdiff (part, moment, moment) =datediff
date_from_parts, datefromparts (integer, integer, integer) date
time_from_parts, timefromparts (integer, integer, integer, integer?) time
timestamp_from_parts, timestampfromparts (date, time) timestamp_ntz / (integer, integer, integer, integer, integer, integer, integer?) timestamp_ntz / (integer, integer, integer, integer, integer, integer, integer, text) timestamp_tz
timestamp_ntz_from_parts, timestampntzfromparts, timestamp_ntzfromparts (date, time) timestamp_ntz / (integer, integer, integer, integer, integer, integer, integer?) timestamp_ntz
timestamp_ltz_from_parts, timestampltzfromparts, timestamp_ltzfromparts (integer, integer, integer, integer, integer, integer, integer?) timestamp_ltz
timestamp_tz_from_parts, timestamptzfromparts, timestamp_tzfromparts (integer, integer, integer, integer, integer, integer, integer?, text?) timestamp_tz
date_part, extract (part, any) number
date_trunc (part, moment) =datetrunc / (moment, part) =truncated
dayname, monthname (any) varchar
year, yearofweek, yearofweekiso, quarter, month, week, weekofyear, weekiso (any) number(4,0)
day, dayofmonth, dayofweek, dayofweekiso, dayofyear (any) number(4,0)
hour, minute, second (any) number(4,0)
last_day (any, part?) date
next_day, previous_day (any, text) date
months_between (any, any) float
time_slice (dt, integer, text, text?) =moment
convert_timezone (text, any) =zoned / (text, text, any) timestamp_ntz
`,
  },
  {
    kind: 'scalar',
    nulls: 'never',
    lines: `
current_date () date ; stable
current_time, localtime (integer?) time ; stable
current_timestamp, localtimestamp, getdate (integer?) timestamp_ltz ; stable
sysdate () timestamp_ntz ; stable
systimestamp (integer?) timestamp_ltz ; stable
`,
  },
  {
    kind: 'scalar',
    nulls: 'maybe',
    lines: `
last_successful_scheduled_time, scheduled_time () timestamp_ltz ; stable
`,
  },
];
