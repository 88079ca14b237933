-- Fault: codes that the product master does not have (gift cards, typing errors, a product that nobody has entered yet).
-- Always a warning, for somebody should look; an error when it is no longer a handful.
{{ config(severity='error', warn_if='>0', error_if='>25', store_failures=true) }}

select
    sales.product_code,
    count(*) as lines,
    sum(sales.net_amount_eur) as net_sales_eur,
    min(sales.sold_on) as first_sold_on
from {{ ref('stg_sale_lines') }} as sales
left join {{ ref('stg_products') }} as products
    on sales.product_code = products.product_code
where products.product_code is null
group by sales.product_code
