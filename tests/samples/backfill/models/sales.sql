select
    range as id,
    timestamp '2024-01-29 00:00:00' + to_hours(6 * range::int) as sold_at,
    case when range % 2 = 0 then 'EU' else 'US' end as region,
    range as amount
from range(24)
