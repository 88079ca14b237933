create or replace transient table shop.gold.orders
clone shop.gold.orders__ingot_staged_202403101234_00000000
copy grants;

insert into shop.gold.__ingot_publications (event, asset)
values ('published', 'model.shop.orders');

drop table if exists shop.gold.orders__ingot_staged_202403101234_00000000 cascade;
