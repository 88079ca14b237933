-- Fault: a line is sent again, corrected, with a higher version. The line that counts must be the newest that is not refused.
with newest as (

    select
        transaction_id,
        line_number,
        max(version) as version
    from {{ ref('checked_pos_sales') }}
    where reject_reason is null
    group by transaction_id, line_number

)

select
    sales.transaction_id,
    sales.line_number,
    sales.version,
    newest.version as newest_version
from {{ ref('stg_pos_sales') }} as sales
inner join newest
    on sales.transaction_id = newest.transaction_id
    and sales.line_number = newest.line_number
where sales.version <> newest.version
