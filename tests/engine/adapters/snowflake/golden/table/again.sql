create or replace transient table shop.gold.orders
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
