-- show materialized views like …

create or replace materialized view shop.gold.orders
copy grants
cluster by (status)
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
