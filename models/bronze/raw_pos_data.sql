-- The tills' lines as they came: every field is text, nothing is repaired, nothing is left out.
select
    transaction_id,
    line_no,
    store_code,
    sold_at,
    line_type,
    product_code,
    quantity,
    unit_price,
    discount,
    currency,
    customer_id,
    version,
    {{ load_metadata('filename') }}
from {{ source('feeds', 'pos') }}
