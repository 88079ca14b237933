create or replace iceberg table shop.gold.orders
cluster by (status)
external_volume = 'lake'
catalog = 'SNOWFLAKE'
base_location = '_dbt/gold/orders'
as (
select *
from (
select id, status, ordered_at
from shop.bronze.raw_orders
)
order by status
);

alter iceberg table shop.gold.orders resume recluster;
