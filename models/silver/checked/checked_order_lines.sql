-- Every order line of the web shop, typed and judged. A line without an accepted header is an orphan: it has no date and no
-- currency. It is judged anew in every run, so when its header comes at last, the line is accepted too.
with lines as (

    select *
    from {{ ref('raw_orders_data') }}
    where record_type = 'line'

),

headers as (

    select order_id
    from {{ ref('checked_orders') }}
    where row_status = 'accepted'

),

typed as (

    select
        {{ clean_code('lines.order_id') }} as order_id,
        try_cast(lines.line_no as integer) as line_number,
        {{ clean_code('lines.sku') }} as product_code,
        try_cast(lines.qty as integer) as quantity,
        {{ parse_amount('lines.price') }} as unit_price,
        {{ parse_amount('lines.discount') }} as discount_amount,
        headers.order_id is null as is_orphan,
        lines.source_file,
        lines.received_on,
        lines.payload as raw_record
    from lines
    left join headers
        on {{ clean_code('lines.order_id') }} = headers.order_id

),

judged as (

    select
        *,
        case
            when order_id is null or line_number is null then 'missing_key'
            when is_orphan then 'orphan_line'
            when product_code is null then 'missing_product_code'
            when quantity is null or unit_price is null or discount_amount is null then 'unparsable_number'
            when unit_price < 0 or discount_amount < 0 then 'negative_amount'
            when quantity <= 0 then 'quantity_not_positive'
            when quantity > {{ var('max_units_per_line') }} then 'implausible_quantity'
            when discount_amount > quantity * unit_price then 'discount_above_amount'
        end as reject_reason
    from typed

)

select
    *,
    {{ row_fate(key=['order_id', 'line_number']) }} as row_status
from judged
