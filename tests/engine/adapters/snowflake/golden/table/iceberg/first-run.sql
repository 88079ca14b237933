create or replace iceberg table shop.gold.orders
external_volume = 'lake'
catalog = 'SNOWFLAKE'
base_location = '_dbt/gold/orders'
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
