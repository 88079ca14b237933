create dynamic iceberg table shop.gold.orders
target_lag = '5 minutes'
warehouse = transforming
external_volume = 'lake'
catalog = 'SNOWFLAKE'
base_location = '_dbt/gold/orders/v2'
refresh_mode = FULL
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
