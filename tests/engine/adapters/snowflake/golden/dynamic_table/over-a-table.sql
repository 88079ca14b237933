create dynamic table shop.gold.orders__dbt_tmp
target_lag = '5 minutes'
warehouse = transforming
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

drop table if exists shop.gold.orders cascade;

alter dynamic table shop.gold.orders__dbt_tmp rename to shop.gold.orders;
