create or replace transient table shop.gold.orders
cluster by (status, to_date(ordered_at))
as (
select *
from (
select id, status, ordered_at
from shop.bronze.raw_orders
)
order by status, to_date(ordered_at)
);

alter table shop.gold.orders resume recluster;
