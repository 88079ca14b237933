describe table analytics.shop.timestamp_versions;

create or replace temporary table analytics.shop.timestamp_versions__rows__dbt_tmp
as (
select * from analytics.shop.items
);

describe table analytics.shop.timestamp_versions__rows__dbt_tmp;

select count(*) as copies, count(*) over () as repeated, dbt_unique_key
from (select id as dbt_unique_key from analytics.shop.timestamp_versions__rows__dbt_tmp) as keys
group by dbt_unique_key
having count(*) > 1
order by 1 desc, dbt_unique_key
limit 3;

select *
from (
select * from analytics.shop.timestamp_versions__rows__dbt_tmp
) as limited_rows
limit 0;

create or replace temporary table analytics.shop.timestamp_versions__dbt_tmp
as (
with snapshot_query as (
select * from analytics.shop.timestamp_versions__rows__dbt_tmp
), source_data as (
select
  *,
  id as dbt_unique_key,
  changed_at as dbt_updated_at,
  changed_at as dbt_valid_from,
  nullif(changed_at, changed_at) as dbt_valid_to,
  md5(cast(coalesce(cast(id as TEXT), '') || '|' || coalesce(cast(changed_at as TEXT), '') as TEXT)) as dbt_scd_id
from snapshot_query
), snapshotted_data as (
select *, id as dbt_unique_key
from analytics.shop.timestamp_versions
where dbt_valid_to is null
), changed as (
select source_data.*, snapshotted_data.dbt_scd_id as dbt_changed_scd_id
from source_data left join snapshotted_data on source_data.dbt_unique_key is not distinct from snapshotted_data.dbt_unique_key
where snapshotted_data.dbt_scd_id is null or ((snapshotted_data.dbt_valid_from < source_data.changed_at))
)
select
  'insert' as dbt_change_type,
  "ID",
  "NAME",
  "CHANGED_AT",
  dbt_unique_key,
  dbt_valid_from as dbt_updated_at,
  dbt_valid_from as dbt_valid_from,
  dbt_valid_to as dbt_valid_to,
  dbt_scd_id as dbt_scd_id
from changed
union all
select
  'update' as dbt_change_type,
  "ID",
  "NAME",
  "CHANGED_AT",
  dbt_unique_key,
  dbt_valid_from as dbt_updated_at,
  dbt_valid_from as dbt_valid_from,
  dbt_valid_from as dbt_valid_to,
  dbt_changed_scd_id as dbt_scd_id
from changed
where dbt_changed_scd_id is not null
);

drop table if exists analytics.shop.timestamp_versions__rows__dbt_tmp cascade;

describe table analytics.shop.timestamp_versions__dbt_tmp;

begin;

merge into analytics.shop.timestamp_versions as DBT_INTERNAL_DEST
using analytics.shop.timestamp_versions__dbt_tmp as DBT_INTERNAL_SOURCE
on (DBT_INTERNAL_SOURCE.dbt_scd_id = DBT_INTERNAL_DEST.dbt_scd_id)
and (DBT_INTERNAL_SOURCE.dbt_change_type in ('update', 'delete'))
and (DBT_INTERNAL_DEST.dbt_valid_to is null)
when matched then update set
  dbt_valid_to = DBT_INTERNAL_SOURCE.dbt_valid_to;

insert into analytics.shop.timestamp_versions ("ID", "NAME", "CHANGED_AT", "DBT_UPDATED_AT", "DBT_VALID_FROM", "DBT_VALID_TO", "DBT_SCD_ID")
select "ID", "NAME", "CHANGED_AT", "DBT_UPDATED_AT", "DBT_VALID_FROM", "DBT_VALID_TO", "DBT_SCD_ID"
from analytics.shop.timestamp_versions__dbt_tmp
where dbt_change_type = 'insert';

commit;

drop table if exists analytics.shop.timestamp_versions__dbt_tmp cascade;
