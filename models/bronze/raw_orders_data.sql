-- The web shop's records as they came, one JSON object a line: order headers and order lines in one stream.
-- The payload is kept beside its fields, for where it is broken the fields are null and it is all there is.
with records as (

    select
        payload,
        {{ parse_json('payload') }} as record,
        filename
    from {{ source('feeds', 'orders') }}

)

select
    payload,
    {{ json_text('record', 'type') }} as record_type,
    {{ json_text('record', 'order_id') }} as order_id,
    {{ json_text('record', 'customer_id') }} as customer_id,
    {{ json_text('record', 'ordered_at') }} as ordered_at,
    {{ json_text('record', 'status') }} as status,
    {{ json_text('record', 'currency') }} as currency,
    {{ json_text('record', 'updated_at') }} as updated_at,
    {{ json_text('record', 'line_no') }} as line_no,
    {{ json_text('record', 'sku') }} as sku,
    {{ json_text('record', 'qty') }} as qty,
    {{ json_text('record', 'price') }} as price,
    {{ json_text('record', 'discount') }} as discount,
    {{ load_metadata('filename') }}
from records
