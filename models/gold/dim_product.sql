-- One row a product, and one for all sales whose code is in no master data: their money is real, so facts keep them.
select
    product_code,
    product_name,
    category,
    unit_cost_eur,
    list_price_eur,
    launched_on,
    discontinued_on
from {{ ref('stg_products') }}

union all

select
    'UNKNOWN' as product_code,
    'Unknown product' as product_name,
    'Unknown' as category,
    null as unit_cost_eur,
    null as list_price_eur,
    null as launched_on,
    null as discontinued_on
