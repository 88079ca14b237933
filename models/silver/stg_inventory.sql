select
    counted_on,
    store_code,
    product_code,
    units_counted,
    count_number,
    source_file,
    received_on
from {{ ref('checked_inventory') }}
where row_status = 'accepted'
