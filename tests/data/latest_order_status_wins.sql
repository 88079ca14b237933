-- Fault: an order's header is sent again when its status changes, and the old one stays in the feed.
select
    orders.order_id,
    orders.order_status,
    orders.updated_at
from {{ ref('stg_orders') }} as orders
where exists (
    select 1
    from {{ ref('checked_orders') }} as other
    where other.order_id = orders.order_id
        and other.reject_reason is null
        and other.updated_at > orders.updated_at
)
