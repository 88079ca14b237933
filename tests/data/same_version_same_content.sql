-- Fault: a record is sent twice under the same version, but not with the same content. One of the two is a correction that forgot
-- to say so, and nobody can tell which; the first is kept, and somebody has to ask.
select
    'pos' as feed,
    transaction_id || '/' || cast(line_number as varchar) as record_key,
    version,
    count(distinct product_code || '|' || cast(quantity as varchar) || '|' || cast(unit_price as varchar)) as contents
from {{ ref('checked_pos_sales') }}
where reject_reason is null
group by transaction_id, line_number, version
having count(distinct product_code || '|' || cast(quantity as varchar) || '|' || cast(unit_price as varchar)) > 1

union all

select
    'inventory' as feed,
    store_code || '/' || product_code || '/' || cast(counted_on as varchar) as record_key,
    count_number as version,
    count(distinct units_counted) as contents
from {{ ref('checked_inventory') }}
where reject_reason is null
group by store_code, product_code, counted_on, count_number
having count(distinct units_counted) > 1
