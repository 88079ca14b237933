create or replace transient table shop.gold.orders
copy grants
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

-- show grants on shop.gold.orders

revoke select on table shop.gold.orders from role FORMER;
