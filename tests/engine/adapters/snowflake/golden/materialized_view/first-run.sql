create materialized view shop.gold.orders
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
