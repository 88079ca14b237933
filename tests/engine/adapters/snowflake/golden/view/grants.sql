create or replace view shop.gold.orders
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

grant select on view shop.gold.orders to role reporter;
