-- show dynamic tables like …

create or replace dynamic table shop.gold.orders
target_lag = '5 minutes'
warehouse = transforming
refresh_mode = FULL
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
