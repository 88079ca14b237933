-- Fault: numbers with a decimal comma ("12,95" read as 1295), or with a digit too many. Far off the list price is wrong.
{{ config(store_failures=true, limit=500) }}

select
    sales.sale_line_id,
    sales.unit_price,
    sales.currency_code,
    products.list_price_eur
from {{ ref('stg_sale_lines') }} as sales
inner join {{ ref('stg_products') }} as products
    on sales.product_code = products.product_code
where sales.unit_price * sales.exchange_rate not between products.list_price_eur * 0.5 and products.list_price_eur * 2
