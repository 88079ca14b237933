-- Fault: currencies in any spelling or missing, and a rate that is applied twice, not at all, or upside down. A single price says
-- little (it may be rounded or reduced), but over a month a store takes what its list prices say, less a percent of discounts.
select
    sales.store_code,
    sales.currency_code,
    date_trunc('month', sales.sold_on) as month_start,
    sum(sales.net_amount_eur) / sum(sales.quantity * products.list_price_eur) as taken_to_list
from {{ ref('stg_sale_lines') }} as sales
inner join {{ ref('stg_products') }} as products
    on sales.product_code = products.product_code
where sales.line_type = 'sale'
group by sales.store_code, sales.currency_code, date_trunc('month', sales.sold_on)
having sum(sales.net_amount_eur) / sum(sales.quantity * products.list_price_eur) not between 0.96 and 1.03
