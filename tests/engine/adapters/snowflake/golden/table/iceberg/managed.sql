create or replace iceberg table shop.gold.orders
external_volume = 'SNOWFLAKE_MANAGED'
catalog = 'SNOWFLAKE'
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
