drop view if exists shop.gold.orders__ingot_preview_202403101234_00000000;

-- describe table shop.gold.orders

-- describe table shop.gold.orders__ingot_staged_202403101234_00000000

begin;

merge into shop.gold.orders as DBT_INTERNAL_DEST
using shop.gold.orders__ingot_staged_202403101234_00000000 as DBT_INTERNAL_SOURCE
on (DBT_INTERNAL_SOURCE.id = DBT_INTERNAL_DEST.id)
when matched then update set
  "ID" = DBT_INTERNAL_SOURCE."ID",
  "STATUS" = DBT_INTERNAL_SOURCE."STATUS",
  "ORDERED_AT" = DBT_INTERNAL_SOURCE."ORDERED_AT"
when not matched then insert
  ("ID", "STATUS", "ORDERED_AT")
values
  (DBT_INTERNAL_SOURCE."ID", DBT_INTERNAL_SOURCE."STATUS", DBT_INTERNAL_SOURCE."ORDERED_AT");

insert into shop.gold.__ingot_publications (event, asset)
values ('published', 'model.shop.orders');

commit;

drop table if exists shop.gold.orders__ingot_staged_202403101234_00000000 cascade;
