create materialized view shop.gold.orders
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);

insert into shop.gold.__ingot_publications (event, asset)
values ('published', 'model.shop.orders');

drop view if exists shop.gold.orders__ingot_staged_202403101234_00000000;
