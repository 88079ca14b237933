select
    o.order_id,
    p.product_name,
    p.price,
    o.signed_amount - p.price as margin
from {{ ref('stg_orders') }} o
left join {{ ref('stg_products') }} p
    on p.product_id = o.product_id
    and o.order_date >= p.valid_from
    and o.order_date < p.valid_to
