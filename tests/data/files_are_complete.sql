-- Fault: a file was cut off on its way. The last line of a file says how many lines it has.
with lines as (

    select
        source_file,
        sum(case when transaction_id = 'END' then 0 else 1 end) as line_count,
        max(case when transaction_id = 'END' then try_cast(line_no as integer) end) as promised_count
    from {{ ref('raw_pos_data') }}
    group by source_file

    union all

    select
        source_file,
        sum(case when counted_on = 'TOTAL' then 0 else 1 end) as line_count,
        max(case when counted_on = 'TOTAL' then try_cast(units_on_hand as integer) end) as promised_count
    from {{ ref('raw_inventory_data') }}
    group by source_file

)

select *
from lines
where promised_count is distinct from line_count
