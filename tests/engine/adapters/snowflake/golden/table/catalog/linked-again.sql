drop table if exists shop.gold.orders cascade;

create iceberg table polaris_db.gold.orders
target_file_size = '32MB'
auto_refresh = true
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
