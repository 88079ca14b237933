create or replace transient table shop.gold.orders
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

grant select on table shop.gold.orders to role reporter;

grant select on table shop.gold.orders to role analyst;

grant insert on table shop.gold.orders to role loader;
