create or replace transient table shop.gold.orders
copy grants
copy tags
with row access policy shop.policies.own_region on (status)
with tag (shop.tags.cost = 'sales')
change_tracking = true
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
