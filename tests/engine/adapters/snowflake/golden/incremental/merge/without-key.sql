-- describe table shop.gold.orders

-- columns of the query, without running it

insert into shop.gold.orders ("ID", "STATUS", "ORDERED_AT")
select "ID", "STATUS", "ORDERED_AT"
from (
select id, status, ordered_at
from shop.bronze.raw_orders
);
