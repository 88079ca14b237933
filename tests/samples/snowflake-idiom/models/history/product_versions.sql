select
    product_id,
    product_name,
    row_number() over (partition by product_id order by valid_from)  as version,
    lag(price) over (partition by product_id order by valid_from)    as old_price,
    round((price / old_price - 1) * 100, 2)                          as change_percent,
    equal_null(old_price, price)                                     as is_unchanged,
    is_current
from {{ ref('stg_products') }}
