select
    store_code,
    store_name,
    channel,
    city,
    country_code,
    case
        when channel = 'web' then 'Online'
        when country_code in ('NL', 'BE') then 'Benelux'
        when country_code in ('DE', 'CH') then 'DACH'
        when country_code = 'GB' then 'UK'
    end as region,
    currency_code,
    opened_on,
    is_open_on_sunday,
    sales_area_sqm
from {{ ref('stg_stores') }}
