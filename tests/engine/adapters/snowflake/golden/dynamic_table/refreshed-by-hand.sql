create dynamic table shop.gold.orders
warehouse = transforming
scheduler = 'DISABLE'
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

alter dynamic table shop.gold.orders refresh;
