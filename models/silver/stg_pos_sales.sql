select
    transaction_id,
    line_number,
    version,
    store_code,
    sold_at,
    cast(sold_at as date) as sold_on,
    line_type,
    product_code,
    customer_id,
    quantity,
    unit_price,
    discount_amount,
    currency_code,
    source_file,
    received_on,
    -- Sold before the first day that the file covers: a till that was offline, or a correction.
    cast(sold_at as date) < file_period_start as is_late
from {{ ref('checked_pos_sales') }}
where row_status = 'accepted'
