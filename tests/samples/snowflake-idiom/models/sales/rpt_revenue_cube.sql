select
    iff(grouping(c.country_code) = 1, 'all', c.country_code) as country,
    iff(grouping(o.order_month) = 1, 'all', o.order_month)   as month,
    sum(o.signed_amount)                                     as revenue,
    count(*)                                                 as orders
from {{ ref('stg_orders') }} o
inner join {{ ref('stg_customers') }} c on c.customer_id = o.customer_id
where o.status_code <> '?'
group by cube (c.country_code, o.order_month)
