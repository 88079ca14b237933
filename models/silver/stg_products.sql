select
    {{ clean_code('product_code') }} as product_code,
    {{ clean_text('product_name') }} as product_name,
    upper(left(trim(category), 1)) || lower(substring(trim(category), 2)) as category,
    unit_cost_eur,
    list_price_eur,
    launched_on,
    discontinued_on
from {{ ref('products') }}
