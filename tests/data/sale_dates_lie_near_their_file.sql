-- Fault: dates in several formats. 04/09/2025 read as April 9 is a perfectly good date, only months away from the file it came in.
-- Late rows are late by weeks, not by months.
select
    transaction_id,
    line_number,
    sold_at,
    source_file
from {{ ref('checked_pos_sales') }}
where row_status = 'accepted'
    and (
        cast(sold_at as date) < file_period_start - 45
        or cast(sold_at as date) > received_on
    )

union all

select
    order_id as transaction_id,
    null as line_number,
    ordered_at as sold_at,
    source_file
from {{ ref('checked_orders') }}
where row_status = 'accepted'
    and (
        cast(ordered_at as date) < file_period_start - 45
        or cast(ordered_at as date) > received_on
    )
