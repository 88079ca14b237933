create or replace transient table shop.gold.orders
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

comment on table shop.gold.orders is 'One row an order, as the shop''s till tells it: C:\\till';

-- describe table shop.gold.orders

alter table shop.gold.orders alter
  "ID" comment 'Number of the order',
  "STATUS" comment '''open'' or ''paid''';
