-- describe table shop.gold.orders

insert overwrite into shop.gold.orders ("ID", "STATUS")
select "ID", "STATUS"
from (
select id, status, ordered_at
from shop.bronze.raw_orders
);
