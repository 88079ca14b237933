with orders as (
    select
        customer_id,
        count(*)                       as orders,
        sum(signed_amount)             as revenue,
        min(order_date)                as first_order,
        max(order_date)                as last_order,
        max_by(order_id, ordered_at)   as last_order_id
    from {{ ref('stg_orders') }}
    where status_code in ('P', 'R')
    group by 1
)

select
    c.customer_id,
    c.full_name,
    c.country_code,
    nvl(o.orders, 0)                              as orders,
    zeroifnull(o.revenue)                         as revenue,
    datediff(day, c.signed_up, o.first_order)     as days_to_first_order,
    datediff('month', c.signed_up, o.last_order)  as months_active,
    case
        when o.revenue >= 150 then 'gold'
        when o.revenue > 50 then 'silver'
        else 'bronze'
    end                                           as tier,
    o.last_order_id
from {{ ref('stg_customers') }} c
left join orders o using (customer_id)
