create or replace transient table shop.gold.orders__ingot_staged_202403101234_00000000_adfe7a29ebff9caf
as (
select id, status, ordered_at
from shop.bronze.raw_orders
);
