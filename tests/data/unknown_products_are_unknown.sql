-- Fault: product codes in any case and with blanks around them. Uncleaned they find no product and hide among the unknown.
select
    sales.sale_line_id,
    sales.source_product_code,
    products.product_code
from {{ ref('fact_sales') }} as sales
inner join {{ ref('dim_product') }} as products
    on upper(trim(sales.source_product_code)) = products.product_code
where sales.product_code = 'UNKNOWN'
