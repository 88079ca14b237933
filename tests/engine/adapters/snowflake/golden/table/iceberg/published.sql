create or replace iceberg table shop.gold.orders
external_volume = 'lake'
catalog = 'SNOWFLAKE'
base_location = '_dbt/gold/orders'
as (
select * from shop.gold.orders__ingot_staged_202403101234_00000000
);

drop table if exists shop.gold.orders__ingot_staged_202403101234_00000000 cascade;
