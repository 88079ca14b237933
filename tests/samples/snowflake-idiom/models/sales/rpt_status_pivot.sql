select *
from (select order_month, status, signed_amount from {{ ref('stg_orders') }})
pivot (sum(signed_amount) for status in ('paid', 'refunded', 'pending'))
    as p (order_month, paid, refunded, pending)
order by order_month
