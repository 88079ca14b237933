create or replace iceberg table shop.gold.orders
external_volume = 'lake'
catalog = 'SNOWFLAKE'
base_location = '_dbt/gold/orders'
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

alter iceberg table shop.gold.orders set comment = 'One row an order, as the shop''s till tells it: C:\\till';

-- describe table shop.gold.orders

alter iceberg table shop.gold.orders alter
  "ID" comment 'Number of the order',
  "STATUS" comment '''open'' or ''paid''';
