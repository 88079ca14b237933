-- Fault: a cancellation comes days after its order. Asked of the raw feed, past all cleaning: no order that ever was cancelled has
-- an amount in gold.
select
    sale_line_id,
    quantity,
    net_amount_eur
from {{ ref('sales_to_date') }}
where net_amount_eur <> 0
    and transaction_id in (
        select order_id
        from {{ ref('raw_orders_data') }}
        where status = 'cancelled'
    )
