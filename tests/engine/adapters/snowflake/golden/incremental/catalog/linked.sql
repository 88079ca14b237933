-- describe table polaris_db.gold.orders

-- columns of the query, without running it

merge into polaris_db.gold.orders as DBT_INTERNAL_DEST
using (
select id, status, ordered_at
from shop.bronze.raw_orders
) as DBT_INTERNAL_SOURCE
on (DBT_INTERNAL_SOURCE.id = DBT_INTERNAL_DEST.id)
when matched then update set
  "ID" = DBT_INTERNAL_SOURCE."ID",
  "STATUS" = DBT_INTERNAL_SOURCE."STATUS",
  "ORDERED_AT" = DBT_INTERNAL_SOURCE."ORDERED_AT"
when not matched then insert
  ("ID", "STATUS", "ORDERED_AT")
values
  (DBT_INTERNAL_SOURCE."ID", DBT_INTERNAL_SOURCE."STATUS", DBT_INTERNAL_SOURCE."ORDERED_AT");
