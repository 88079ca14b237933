-- show materialized views like …

create materialized view shop.gold.orders__dbt_tmp
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

drop view if exists shop.gold.orders;

alter materialized view shop.gold.orders__dbt_tmp rename to shop.gold.orders;
