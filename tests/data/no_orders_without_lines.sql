-- Fault: the header of an order arrives, its lines do not. Nothing can be booked without them; somebody has to ask the shop.
{{ config(severity='error', warn_if='>0', error_if='>20') }}

select
    orders.order_id,
    orders.ordered_at,
    orders.source_file
from {{ ref('stg_orders') }} as orders
left join {{ ref('checked_order_lines') }} as lines
    on orders.order_id = lines.order_id
where lines.order_id is null
