-- Which faults of the feeds cost most, and are they getting more? `npx ingot compile --select what_rejections_cost` writes the query
-- under target/; `npx ingot show --select what_rejections_cost` runs it.
select
    feed,
    reject_reason,
    cast(date_trunc('month', received_on) as date) as month_start,
    count(*) as rejected_rows,
    sum(case when is_repaired then 1 else 0 end) as repaired_rows
from {{ ref('stg_rejected_rows') }}
group by feed, reject_reason, cast(date_trunc('month', received_on) as date)
order by rejected_rows - repaired_rows desc, feed, reject_reason, month_start
