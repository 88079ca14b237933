-- columns of the query, without running it

create iceberg table polaris_db.gold.orders
(
  "id" NUMBER(38,0),
  "status" string,
  "ordered_at" TIMESTAMP_NTZ(6)
)
partition by (day("ordered_at"), "status")
target_file_size = '32MB';

insert into polaris_db.gold.orders ("id", "status", "ordered_at")
select "ID", "STATUS", "ORDERED_AT"
from (
select id, status, ordered_at
from shop.bronze.raw_orders
) as DBT_INTERNAL_SOURCE;
