-- Fault: codes that the product master does not have (gift cards, typing errors, a product that nobody has entered yet).
-- Always a warning, for somebody should look; an error when it is no longer a handful.
{{ config(severity='error', warn_if='>0', error_if='>25', store_failures=true) }}

select
    source_product_code,
    count(*) as lines,
    sum(net_amount_eur) as net_sales_eur,
    min(date_day) as first_sold_on
from {{ ref('fact_sales') }}
where product_code = 'UNKNOWN'
group by source_product_code
