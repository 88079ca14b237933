-- Every order header of the web shop, typed and judged; and every record that cannot be read, for it cannot say what it was.
-- A header comes again when its status changes: updated_at is its version.
with headers as (

    select *
    from {{ ref('raw_orders_data') }}
    where record_type is distinct from 'line'

),

web_shop as (

    select store_code, currency_code, opened_on
    from {{ ref('stg_stores') }}
    where channel = 'web'

),

currencies as (

    select distinct currency_code
    from {{ ref('exchange_rates') }}

),

typed as (

    select
        headers.record_type,
        {{ clean_code('headers.order_id') }} as order_id,
        {{ clean_code('headers.customer_id') }} as customer_id,
        {{ parse_timestamp('headers.ordered_at') }} as ordered_at,
        {{ parse_timestamp('headers.updated_at') }} as updated_at,
        lower(trim(headers.status)) as order_status,
        {{ clean_currency('headers.currency', fallback='web_shop.currency_code') }} as currency_code,
        web_shop.store_code,
        web_shop.opened_on as store_opened_on,
        headers.source_file,
        headers.file_period_start,
        headers.received_on,
        headers.payload as raw_record
    from headers
    cross join web_shop

),

judged as (

    select
        typed.*,
        case
            when record_type is null then 'broken_json'
            when record_type <> 'order' then 'unknown_record_type'
            when order_id is null or updated_at is null then 'missing_key'
            when ordered_at is null then 'unparsable_date'
            when cast(ordered_at as date) not between store_opened_on and received_on then 'date_out_of_range'
            when order_status is null or order_status not in ('paid', 'shipped', 'cancelled') then 'unknown_status'
            when currencies.currency_code is null then 'unknown_currency'
        end as reject_reason
    from typed
    left join currencies
        on typed.currency_code = currencies.currency_code

)

select
    *,
    {{ row_fate(key=['order_id'], version='updated_at') }} as row_status
from judged
