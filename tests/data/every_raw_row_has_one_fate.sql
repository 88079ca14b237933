-- Fault: any. A row that a filter drops, or that a join doubles, is gone or double without a trace.
-- So: as many judged rows as raw rows, file by file; the trailers of the files are no rows.
with raw_rows as (

    select 'pos' as feed, source_file
    from {{ ref('raw_pos_data') }}
    where transaction_id is distinct from 'END'

    union all

    select 'orders' as feed, source_file
    from {{ ref('raw_orders_data') }}

    union all

    select 'inventory' as feed, source_file
    from {{ ref('raw_inventory_data') }}
    where counted_on is distinct from 'TOTAL'

),

judged_rows as (

    select 'pos' as feed, source_file from {{ ref('checked_pos_sales') }}
    union all
    select 'orders' as feed, source_file from {{ ref('checked_orders') }}
    union all
    select 'orders' as feed, source_file from {{ ref('checked_order_lines') }}
    union all
    select 'inventory' as feed, source_file from {{ ref('checked_inventory') }}

),

raw_counts as (

    select feed, source_file, count(*) as row_count
    from raw_rows
    group by feed, source_file

),

judged_counts as (

    select feed, source_file, count(*) as row_count
    from judged_rows
    group by feed, source_file

)

select
    coalesce(raw_counts.feed, judged_counts.feed) as feed,
    coalesce(raw_counts.source_file, judged_counts.source_file) as source_file,
    raw_counts.row_count as raw_row_count,
    judged_counts.row_count as judged_row_count
from raw_counts
full outer join judged_counts
    on raw_counts.feed = judged_counts.feed
    and raw_counts.source_file = judged_counts.source_file
where raw_counts.row_count is distinct from judged_counts.row_count
