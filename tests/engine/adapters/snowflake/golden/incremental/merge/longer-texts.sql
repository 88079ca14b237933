-- describe table shop.gold.orders

create or replace temporary table shop.gold.orders__dbt_tmp
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

-- describe table shop.gold.orders__dbt_tmp

alter table shop.gold.orders alter column "STATUS" set data type VARCHAR(32);

-- describe table shop.gold.orders__dbt_tmp

merge into shop.gold.orders as DBT_INTERNAL_DEST
using shop.gold.orders__dbt_tmp as DBT_INTERNAL_SOURCE
on (DBT_INTERNAL_SOURCE.id = DBT_INTERNAL_DEST.id)
when matched then update set
  "ID" = DBT_INTERNAL_SOURCE."ID",
  "STATUS" = DBT_INTERNAL_SOURCE."STATUS"
when not matched then insert
  ("ID", "STATUS")
values
  (DBT_INTERNAL_SOURCE."ID", DBT_INTERNAL_SOURCE."STATUS");

drop table if exists shop.gold.orders__dbt_tmp cascade;
