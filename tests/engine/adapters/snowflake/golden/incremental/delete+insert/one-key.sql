-- describe table shop.gold.orders

create or replace temporary table shop.gold.orders__dbt_tmp
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

begin;

delete from shop.gold.orders as DBT_INTERNAL_DEST
where (id) in (
  select distinct id
  from shop.gold.orders__dbt_tmp as DBT_INTERNAL_SOURCE
);

insert into shop.gold.orders ("ID", "STATUS", "ORDERED_AT")
select "ID", "STATUS", "ORDERED_AT"
from shop.gold.orders__dbt_tmp;

commit;

drop table if exists shop.gold.orders__dbt_tmp cascade;
