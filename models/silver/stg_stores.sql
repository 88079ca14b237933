select
    {{ clean_code('store_code') }} as store_code,
    {{ clean_text('store_name') }} as store_name,
    channel,
    city,
    country_code,
    currency_code,
    opened_on,
    open_on_sunday as is_open_on_sunday,
    sales_area_sqm
from {{ ref('stores') }}
