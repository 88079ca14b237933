-- Fault: order lines whose header never came, or comes later. A line may be refused as an orphan only as long as that is true.
select
    lines.order_id,
    lines.line_number,
    lines.source_file
from {{ ref('checked_order_lines') }} as lines
inner join {{ ref('stg_orders') }} as orders
    on lines.order_id = orders.order_id
where lines.reject_reason = 'orphan_line'
