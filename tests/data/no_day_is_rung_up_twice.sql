-- Fault: a till replays its day under new receipt numbers. Every row is good and no receipt is there twice, but the money is. Two
-- customers may buy the same at the same moment; when most of a store's day has a twin, it was rung up twice.
with lines as (

    select distinct date_day, store_code, sold_at, product_code, quantity, transaction_id
    from {{ ref('fact_sales') }}
    where line_type = 'sale'

),

baskets as (

    select
        date_day,
        store_code,
        count(*) as receipts
    from lines
    group by date_day, store_code, sold_at, product_code, quantity

)

select
    date_day,
    store_code,
    sum(receipts) as lines,
    sum(case when receipts > 1 then receipts else 0 end) as lines_with_twin
from baskets
group by date_day, store_code
having sum(case when receipts > 1 then receipts else 0 end) > sum(receipts) / 2
