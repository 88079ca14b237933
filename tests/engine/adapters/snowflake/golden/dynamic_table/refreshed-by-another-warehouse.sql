create dynamic table shop.gold.orders
target_lag = '5 minutes'
warehouse = small
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
