create or replace table shop.gold.orders
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
