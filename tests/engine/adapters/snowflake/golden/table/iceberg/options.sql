create or replace iceberg table shop.gold.orders
partition by (status, day(ordered_at))
external_volume = 'lake'
catalog = 'SNOWFLAKE'
base_location = 'gold/gold/orders/v2'
iceberg_version = 3
storage_serialization_policy = 'OPTIMIZED'
max_data_extension_time_in_days = 2
data_retention_time_in_days = 1
with row access policy shop.policies.own_region on (status)
with tag (shop.tags.cost = 'sales')
copy grants
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
