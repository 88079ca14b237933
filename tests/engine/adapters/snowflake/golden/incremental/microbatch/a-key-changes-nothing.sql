-- describe table shop.gold.orders

create or replace temporary table shop.gold.orders__dbt_tmp
as (
select id, status, ordered_at
from shop.bronze.raw_orders
where ordered_at >= '2024-03-09' and ordered_at < '2024-03-10'
);

begin;

delete from shop.gold.orders
where ordered_at >= to_timestamp_tz('2024-03-09 00:00:00+00:00')
and ordered_at < to_timestamp_tz('2024-03-10 00:00:00+00:00');

insert into shop.gold.orders ("ID", "STATUS", "ORDERED_AT")
select "ID", "STATUS", "ORDERED_AT"
from (
select *
from shop.gold.orders__dbt_tmp
where ordered_at >= to_timestamp_tz('2024-03-09 00:00:00+00:00')
and ordered_at < to_timestamp_tz('2024-03-10 00:00:00+00:00')
) as DBT_INTERNAL_SOURCE;

commit;

-- describe table shop.gold.orders

create or replace temporary table shop.gold.orders__dbt_tmp
as (
select id, status, ordered_at
from shop.bronze.raw_orders
where ordered_at >= '2024-03-10' and ordered_at < '2024-03-11'
);

begin;

delete from shop.gold.orders
where ordered_at >= to_timestamp_tz('2024-03-10 00:00:00+00:00')
and ordered_at < to_timestamp_tz('2024-03-11 00:00:00+00:00');

insert into shop.gold.orders ("ID", "STATUS", "ORDERED_AT")
select "ID", "STATUS", "ORDERED_AT"
from (
select *
from shop.gold.orders__dbt_tmp
where ordered_at >= to_timestamp_tz('2024-03-10 00:00:00+00:00')
and ordered_at < to_timestamp_tz('2024-03-11 00:00:00+00:00')
) as DBT_INTERNAL_SOURCE;

commit;

drop table if exists shop.gold.orders__dbt_tmp cascade;
