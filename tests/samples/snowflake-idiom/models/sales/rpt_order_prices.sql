select
    order_id,
    round(signed_amount, -1)                       as tens,
    round(signed_amount / 3, 2)                    as third,
    trunc(signed_amount / 3, 1)                    as third_cut,
    ceil(signed_amount)                            as up,
    mod(order_id, 3)                               as lot,
    bitand(order_id, 4)                            as flag,
    width_bucket(signed_amount, 0, 200, 4)         as bucket,
    least(signed_amount, 50)                       as at_most_fifty,
    div0null(100, discount_percent)                as per_discount
from {{ ref('stg_orders') }}
