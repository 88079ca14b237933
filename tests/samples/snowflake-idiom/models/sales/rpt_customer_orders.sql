select
    customer_id,
    listagg(distinct status, ', ') within group (order by status)                          as statuses,
    listagg(order_id, '>') within group (order by ordered_at)                              as path,
    array_to_string(array_agg(order_id) within group (order by ordered_at desc), ',')      as newest_first,
    array_size(array_agg(distinct product_id))                                             as products,
    to_json(object_construct('last', max(order_id), 'nothing', null, 'orders', count(*)))  as summary
from {{ ref('stg_orders') }}
group by customer_id
