-- columns of the query, without running it

create materialized view shop.gold.orders
(
  "ID" comment 'Number of the order',
  "STATUS" comment '''open'' or ''paid''',
  "ORDERED_AT"
)
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

alter materialized view shop.gold.orders set comment = 'One row an order, as the shop''s till tells it: C:\\till';
