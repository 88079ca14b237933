-- columns of the query, without running it

create or replace view shop.gold.orders
(
  "ID" comment 'Number of the order',
  "STATUS" comment '''open'' or ''paid''',
  "ORDERED_AT"
)
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

comment on view shop.gold.orders is 'One row an order, as the shop''s till tells it: C:\\till';
