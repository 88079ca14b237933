-- Fault: a missing or garbled currency. A shop sells in one currency, so any other in its rows was guessed wrong.
select
    sales.sale_line_id,
    sales.store_code,
    sales.currency_code,
    stores.currency_code as store_currency_code
from {{ ref('fact_sales') }} as sales
inner join {{ ref('dim_store') }} as stores
    on sales.store_code = stores.store_code
where stores.channel = 'store'
    and sales.currency_code <> stores.currency_code
