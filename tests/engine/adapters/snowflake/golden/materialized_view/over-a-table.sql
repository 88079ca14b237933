create materialized view shop.gold.orders__dbt_tmp
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

drop table if exists shop.gold.orders cascade;

alter materialized view shop.gold.orders__dbt_tmp rename to shop.gold.orders;
