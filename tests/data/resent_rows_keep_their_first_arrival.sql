-- Fault: a file that was sent before is sent again inside the next one. The rows must not look as if they were new.
select
    sales.transaction_id,
    sales.line_number,
    sales.received_on,
    min(checked.received_on) as first_received_on
from {{ ref('stg_pos_sales') }} as sales
inner join {{ ref('checked_pos_sales') }} as checked
    on sales.transaction_id = checked.transaction_id
    and sales.line_number = checked.line_number
    and sales.version = checked.version
where checked.reject_reason is null
group by sales.transaction_id, sales.line_number, sales.received_on
having sales.received_on > min(checked.received_on)
