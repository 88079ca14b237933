select
    order_id,
    line_number,
    product_code,
    quantity,
    unit_price,
    discount_amount,
    source_file,
    received_on
from {{ ref('checked_order_lines') }}
where row_status = 'accepted'
