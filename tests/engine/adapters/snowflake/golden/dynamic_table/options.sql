create transient dynamic table shop.gold.orders
target_lag = '5 minutes'
warehouse = transforming
initialization_warehouse = big
refresh_mode = INCREMENTAL
initialize = ON_SCHEDULE
with row access policy shop.policies.own_region on (status)
with tag (shop.tags.cost = 'sales')
cluster by (status)
immutable where (ordered_at < '2024-01-01')
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
