-- describe table shop.gold.orders

insert overwrite into shop.gold.orders ("ID", "STATUS", "ORDERED_AT")
select "ID", "STATUS", "ORDERED_AT"
from (
select id, status, ordered_at
from shop.bronze.raw_orders
);
