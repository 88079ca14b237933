select order_id from {{ ref('orders') }} where iff(amount < 0, true, false)
