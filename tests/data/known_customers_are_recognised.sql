-- Fault: customer ids in lower case or with blanks. Uncleaned, a good customer becomes an unknown one; and an id that is missing
-- must not take the sale with it.
select
    sales.sale_line_id,
    sales.customer_id,
    raw.customer_id as sent_customer_id
from {{ ref('sales_to_date') }} as sales
inner join {{ ref('raw_pos_data') }} as raw
    on sales.transaction_id = trim(raw.transaction_id)
    and sales.line_number = try_cast(raw.line_no as integer)
inner join {{ ref('dim_customer') }} as customers
    on upper(trim(raw.customer_id)) = customers.customer_id
where not exists (
    select 1
    from {{ ref('dim_customer') }} as recognised
    where recognised.customer_id = sales.customer_id
        and recognised.is_identified
)
