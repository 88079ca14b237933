alter table shop.gold.orders__ingot_staged rename to shop.gold.orders;

insert into shop.gold.__ingot_publications (event, asset)
values ('published', 'model.shop.orders');
