{{ config(materialized='incremental', unique_key='customer') }}

select customer, max(amount) as amount, '{{ var("currency") }}' as currency, max(day) as last_day
from {{ ref('valid_orders') }}
{% if is_incremental() %}
where day > (select max(last_day) from {{ this }})
{% endif %}
group by customer
