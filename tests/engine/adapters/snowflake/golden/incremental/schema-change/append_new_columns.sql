-- describe table shop.gold.orders

-- columns of the query, without running it

alter table shop.gold.orders add column
  "CHANNEL" VARCHAR,
  "AMOUNT" NUMBER(12,2);

merge into shop.gold.orders as DBT_INTERNAL_DEST
using (
select id, status, ordered_at
from shop.bronze.raw_orders
) as DBT_INTERNAL_SOURCE
on (DBT_INTERNAL_SOURCE.id = DBT_INTERNAL_DEST.id)
when matched then update set
  "ID" = DBT_INTERNAL_SOURCE."ID",
  "STATUS" = DBT_INTERNAL_SOURCE."STATUS",
  "CHANNEL" = DBT_INTERNAL_SOURCE."CHANNEL",
  "AMOUNT" = DBT_INTERNAL_SOURCE."AMOUNT"
when not matched then insert
  ("ID", "STATUS", "CHANNEL", "AMOUNT")
values
  (DBT_INTERNAL_SOURCE."ID", DBT_INTERNAL_SOURCE."STATUS", DBT_INTERNAL_SOURCE."CHANNEL", DBT_INTERNAL_SOURCE."AMOUNT");
