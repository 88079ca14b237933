-- Three sales a day, for five days. One of the third day has no region.
select
  date '2024-01-01' + (i // 3)::integer as sold_on,
  case when i = {{ var('without_region', -1) }} then null when i % 3 = 0 then 'EU' else 'US' end as region,
  i + 1 as amount
from range(15) as sales(i)
