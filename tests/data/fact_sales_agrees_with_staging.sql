-- Fault: late rows and late corrections. They belong to days that were built long ago, and an incremental model that looks at the
-- day of the sale instead of the day of arrival never sees them. So: line by line, the fact table says what staging says.
select
    coalesce(staged.sale_line_id, loaded.sale_line_id) as sale_line_id,
    staged.net_amount_eur as staged_amount,
    loaded.net_amount_eur as loaded_amount,
    staged.received_on
from {{ ref('stg_sale_lines') }} as staged
full outer join {{ ref('fact_sales') }} as loaded
    on staged.sale_line_id = loaded.sale_line_id
where staged.sale_line_id is null
    or loaded.sale_line_id is null
    or staged.quantity <> loaded.quantity
    or staged.line_type <> loaded.line_type
    or staged.net_amount_eur <> loaded.net_amount_eur
    or staged.sold_on <> loaded.date_day
