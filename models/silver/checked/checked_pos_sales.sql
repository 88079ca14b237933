-- Every line of the tills, typed and judged. Nothing is filtered here but the trailers: see row_status for each row's fate.
with lines as (

    select *
    from {{ ref('raw_pos_data') }}
    where transaction_id is distinct from 'END'

),

stores as (

    select store_code, currency_code, opened_on
    from {{ ref('stg_stores') }}

),

currencies as (

    select distinct currency_code
    from {{ ref('exchange_rates') }}

),

typed as (

    select
        {{ clean_code('lines.transaction_id') }} as transaction_id,
        try_cast(lines.line_no as integer) as line_number,
        try_cast(lines.version as integer) as version,
        {{ clean_code('lines.store_code') }} as store_code,
        {{ parse_timestamp('lines.sold_at') }} as sold_at,
        lower(trim(lines.line_type)) as line_type,
        {{ clean_code('lines.product_code') }} as product_code,
        {{ clean_code('lines.customer_id') }} as customer_id,
        try_cast(lines.quantity as integer) as quantity,
        {{ parse_amount('lines.unit_price') }} as unit_price,
        {{ parse_amount('lines.discount') }} as discount_amount,
        {{ clean_currency('lines.currency', fallback='stores.currency_code') }} as currency_code,
        stores.opened_on as store_opened_on,
        lines.source_file,
        lines.file_period_start,
        lines.received_on,
        {{ raw_record(['lines.transaction_id', 'lines.line_no', 'lines.store_code', 'lines.sold_at', 'lines.line_type',
                       'lines.product_code', 'lines.quantity', 'lines.unit_price', 'lines.discount', 'lines.currency',
                       'lines.customer_id', 'lines.version']) }} as raw_record
    from lines
    left join stores
        on {{ clean_code('lines.store_code') }} = stores.store_code

),

judged as (

    select
        typed.*,
        case
            when transaction_id is null or line_number is null or version is null then 'missing_key'
            when store_opened_on is null then 'unknown_store'
            when sold_at is null then 'unparsable_date'
            when cast(sold_at as date) not between store_opened_on and received_on then 'date_out_of_range'
            when line_type is null or line_type not in ('sale', 'return', 'void') then 'unknown_line_type'
            when product_code is null then 'missing_product_code'
            when quantity is null or unit_price is null or discount_amount is null then 'unparsable_number'
            when currencies.currency_code is null then 'unknown_currency'
            when unit_price < 0 or discount_amount < 0 then 'negative_amount'
            when (line_type = 'sale' and quantity <= 0) or (line_type = 'return' and quantity >= 0) then 'sign_against_line_type'
            when abs(quantity) > {{ var('max_units_per_line') }} then 'implausible_quantity'
            when discount_amount > abs(quantity) * unit_price then 'discount_above_amount'
        end as reject_reason
    from typed
    left join currencies
        on typed.currency_code = currencies.currency_code

)

select
    *,
    {{ row_fate(key=['transaction_id', 'line_number'], version='version') }} as row_status
from judged
