create or replace transient table analytics.shop.invalidate_versions__dbt_tmp
as (
select
  *,
  md5(cast(coalesce(cast(id as TEXT), '') || '|' || coalesce(cast(changed_at as TEXT), '') as TEXT)) as dbt_scd_id,
  changed_at as dbt_updated_at,
  changed_at as dbt_valid_from,
  nullif(changed_at, changed_at) as dbt_valid_to
from (
select * from analytics.shop.items
) as snapshot_query
);

select count(*) as copies, count(*) over () as repeated, dbt_unique_key
from (select id as dbt_unique_key from analytics.shop.invalidate_versions__dbt_tmp) as keys
group by dbt_unique_key
having count(*) > 1
order by 1 desc, dbt_unique_key
limit 3;

describe table analytics.shop.invalidate_versions__dbt_tmp;

alter table analytics.shop.invalidate_versions__dbt_tmp rename to analytics.shop.invalidate_versions;
