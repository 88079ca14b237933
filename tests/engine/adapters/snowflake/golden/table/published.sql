alter table shop.gold.orders swap with shop.gold.orders__ingot_staged_202403101234_00000000;

insert into shop.gold.__ingot_publications (event, asset)
values ('published', 'model.shop.orders');

drop table if exists shop.gold.orders__ingot_staged_202403101234_00000000 cascade;
