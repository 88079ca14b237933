create or replace iceberg table shop.gold.orders
external_volume = 's3'
catalog = 'SNOWFLAKE'
base_location = '_dbt/gold/orders'
storage_serialization_policy = 'OPTIMIZED'
max_data_extension_time_in_days = 1
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
