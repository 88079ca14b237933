-- Fault: negative quantities. On a return they are right, on a sale they are a mistake, and on a void nothing may be left.
select
    sale_line_id,
    line_type,
    quantity,
    net_amount
from {{ ref('fact_sales') }}
where (line_type = 'sale' and (quantity <= 0 or net_amount < 0))
    or (line_type = 'return' and (quantity >= 0 or net_amount > 0))
    or (line_type = 'void' and (quantity <> 0 or net_amount <> 0 or net_amount_eur <> 0))
