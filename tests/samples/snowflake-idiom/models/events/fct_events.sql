{{ config(materialized='incremental', unique_key='event_id', incremental_strategy='merge') }}

select
    event_id,
    user_id,
    event_type,
    iff(price is null, 'free', 'EUR ' || price)  as price_label,
    loaded_at
from {{ ref('stg_events') }}
{% if is_incremental() %}
where loaded_at > (select dateadd(hour, -1, max(loaded_at)) from {{ this }})
{% endif %}
qualify row_number() over (partition by event_id order by loaded_at desc) = 1
