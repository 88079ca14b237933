create or replace transient table shop.gold.orders
as (
select *
from (
select id, status, ordered_at
from shop.bronze.raw_orders
) as no_rows
where false
);
