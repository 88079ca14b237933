select 1 as id, timestamp '2020-01-01' as loaded_at, true as checked
union all
select 2, now()::timestamp, false
