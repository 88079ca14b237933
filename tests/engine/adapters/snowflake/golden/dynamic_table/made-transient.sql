-- show dynamic tables like …

create or replace transient dynamic table shop.gold.orders
target_lag = '5 minutes'
warehouse = transforming
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
