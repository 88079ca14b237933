alter table shop.gold.orders__ingot_staged_202403101234_00000000 rename to shop.gold.orders;

insert into shop.gold.__ingot_publications (event, asset)
values ('published', 'model.shop.orders');
