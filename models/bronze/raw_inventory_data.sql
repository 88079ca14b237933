-- The counts of the shelves as they came: every field is text.
select
    counted_on,
    store_code,
    product_code,
    units_on_hand,
    count_no,
    {{ load_metadata('filename') }}
from {{ source('feeds', 'inventory') }}
