create or replace transient table analytics.shop.check_versions__dbt_tmp
as (
select
  *,
  md5(cast(coalesce(cast(id as TEXT), '') || '|' || coalesce(cast(to_timestamp_ntz(convert_timezone('UTC', current_timestamp())) as TEXT), '') as TEXT)) as dbt_scd_id,
  to_timestamp_ntz(convert_timezone('UTC', current_timestamp())) as dbt_updated_at,
  to_timestamp_ntz(convert_timezone('UTC', current_timestamp())) as dbt_valid_from,
  nullif(to_timestamp_ntz(convert_timezone('UTC', current_timestamp())), to_timestamp_ntz(convert_timezone('UTC', current_timestamp()))) as dbt_valid_to
from (
select * from analytics.shop.items
) as snapshot_query
);

select count(*) as copies, count(*) over () as repeated, dbt_unique_key
from (select id as dbt_unique_key from analytics.shop.check_versions__dbt_tmp) as keys
group by dbt_unique_key
having count(*) > 1
order by 1 desc, dbt_unique_key
limit 3;

describe table analytics.shop.check_versions__dbt_tmp;

alter table analytics.shop.check_versions__dbt_tmp rename to analytics.shop.check_versions;
