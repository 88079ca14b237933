select
    nvl(l.label, 'other: ' || o.status)  as label,
    count(*)                             as orders,
    min(o.order_date)                    as first_day
from {{ ref('stg_orders') }} as o
left join (
    select column1 as code, $2 as label from values ('P', 'Paid'), ('R', 'Refunded')
) as l on l.code = o.status_code
group by all
order by orders desc, label
