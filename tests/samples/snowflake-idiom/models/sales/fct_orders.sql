select
    order_id,
    customer_id,
    order_date,
    signed_amount,
    row_number() over (partition by customer_id order by ordered_at)            as order_number,
    sum(signed_amount) over (
        partition by customer_id order by ordered_at
        rows between unbounded preceding and current row
    )                                                                           as running_revenue,
    lag(order_date) over (partition by customer_id order by ordered_at)         as previous_order,
    datediff(day, previous_order, order_date)                                   as days_since,
    lead(order_id, 1, 0) over (partition by customer_id order by ordered_at)    as next_order_id,
    round(ratio_to_report(signed_amount) over (partition by order_month), 4)    as share_of_month
from {{ ref('stg_orders') }}
where status <> 'pending'
