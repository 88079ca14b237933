create or replace secure view shop.gold.orders
copy grants
with row access policy shop.policies.own_region on (status)
with tag (shop.tags.cost = 'sales')
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
