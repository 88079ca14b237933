drop view if exists shop.gold.orders__ingot_preview_202403101234_00000000;

-- describe table shop.gold.orders

begin;

delete from shop.gold.orders as DBT_INTERNAL_DEST
where (id) in (
  select distinct id
  from shop.gold.orders__ingot_staged_202403101234_00000000 as DBT_INTERNAL_SOURCE
);

insert into shop.gold.orders ("ID", "STATUS", "ORDERED_AT")
select "ID", "STATUS", "ORDERED_AT"
from shop.gold.orders__ingot_staged_202403101234_00000000;

insert into shop.gold.__ingot_publications (event, asset)
values ('published', 'model.shop.orders');

commit;

drop table if exists shop.gold.orders__ingot_staged_202403101234_00000000 cascade;
