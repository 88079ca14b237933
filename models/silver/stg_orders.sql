select
    order_id,
    store_code,
    customer_id,
    ordered_at,
    cast(ordered_at as date) as ordered_on,
    order_status,
    currency_code,
    updated_at,
    source_file,
    received_on,
    cast(ordered_at as date) < file_period_start as is_late
from {{ ref('checked_orders') }}
where row_status = 'accepted'
