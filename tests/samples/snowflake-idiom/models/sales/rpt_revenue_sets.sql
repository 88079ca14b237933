select
    c.country_code,
    o.status,
    grouping_id(c.country_code, o.status) as level,
    sum(o.signed_amount)                  as revenue
from {{ ref('stg_orders') }} o
join {{ ref('stg_customers') }} c using (customer_id)
group by grouping sets ((c.country_code, o.status), (o.status), ())
