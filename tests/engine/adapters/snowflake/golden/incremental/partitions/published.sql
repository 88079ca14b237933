-- describe table shop.gold.orders

-- describe table shop.gold.orders__ingot_staged_202403101234_00000000_adfe7a29ebff9caf

begin;

delete from shop.gold.orders
where ordered_at >= to_timestamp_ntz('2024-03-01 00:00:00') and ordered_at < to_timestamp_ntz('2024-03-02 00:00:00') and status = 'open';

insert into shop.gold.orders ("ID", "STATUS", "ORDERED_AT")
select "ID", "STATUS", "ORDERED_AT"
from (
select *
from shop.gold.orders__ingot_staged_202403101234_00000000_adfe7a29ebff9caf
where ordered_at >= to_timestamp_ntz('2024-03-01 00:00:00') and ordered_at < to_timestamp_ntz('2024-03-02 00:00:00') and status = 'open'
) as DBT_INTERNAL_SOURCE;

-- asked: select count(*) as copies, sum(count(*)) over () as outside, ordered_at, status from shop.gold.orders__ingot_staged_202403101234_00000000_adfe7a29ebff9caf where not coalesce(ordered_at >= to_timestamp_ntz('2024-03-01 00:00:00') and ordered_at < to_timestamp_ntz('2024-03-02 00:00:00') and status = 'open', false) group by ordered_at, status order by 1 desc, ordered_at, status limit 3

insert into shop.gold.__ingot_publications (event, asset)
values ('published', 'model.shop.orders');

commit;

drop table if exists shop.gold.orders__ingot_staged_202403101234_00000000_adfe7a29ebff9caf cascade;
