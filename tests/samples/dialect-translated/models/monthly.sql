select
  date_trunc(month, dateadd(day, -1, ordered_at)) as month,
  div0(sum(amount), 2) as half,
  count_if(order_id > 0) as orders,
  listagg(channel, ',') within group (order by order_id) as channels
from {{ ref('orders') }}
group by 1
qualify row_number() over (order by month) <= 10
