select
    store_code,
    store_name,
    channel,
    city,
    country_code,
    currency_code,
    opened_on,
    is_open_on_sunday,
    sales_area_sqm
from {{ ref('stg_stores') }}
