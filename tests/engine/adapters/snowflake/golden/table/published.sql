alter table shop.gold.orders swap with shop.gold.orders__ingot_staged;

insert into shop.gold.__ingot_publications (event, asset)
values ('published', 'model.shop.orders');

drop table if exists shop.gold.orders__ingot_staged cascade;
