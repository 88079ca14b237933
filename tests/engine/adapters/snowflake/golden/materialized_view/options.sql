create secure materialized view shop.gold.orders
with row access policy shop.policies.own_region on (status)
with tag (shop.tags.cost = 'sales')
cluster by (status, to_date(ordered_at))
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
