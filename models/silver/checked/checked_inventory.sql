-- Every count of a shelf, typed and judged. A shelf that was counted again has a higher count number.
with counts as (

    select *
    from {{ ref('raw_inventory_data') }}
    where counted_on is distinct from 'TOTAL'

),

typed as (

    select
        {{ parse_date('counts.counted_on') }} as counted_on,
        {{ clean_code('counts.store_code') }} as store_code,
        {{ clean_code('counts.product_code') }} as product_code,
        try_cast(counts.units_on_hand as integer) as units_counted,
        try_cast(counts.count_no as integer) as count_number,
        counts.source_file,
        counts.received_on,
        {{ raw_record(['counts.counted_on', 'counts.store_code', 'counts.product_code', 'counts.units_on_hand',
                       'counts.count_no']) }} as raw_record
    from counts

),

judged as (

    select
        typed.*,
        case
            when count_number is null then 'missing_key'
            when stores.store_code is null then 'unknown_store'
            when products.product_code is null then 'unknown_product'
            when counted_on is null then 'unparsable_date'
            when counted_on not between stores.opened_on and received_on then 'date_out_of_range'
            when units_counted is null then 'unparsable_number'
            when units_counted < 0 then 'negative_count'
        end as reject_reason
    from typed
    left join {{ ref('stg_stores') }} as stores
        on typed.store_code = stores.store_code
    left join {{ ref('stg_products') }} as products
        on typed.product_code = products.product_code

)

select
    *,
    {{ row_fate(key=['counted_on', 'store_code', 'product_code'], version='count_number') }} as row_status
from judged
