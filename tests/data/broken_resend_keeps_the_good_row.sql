-- Fault: a correction is itself broken. It must not take the good row with it: whoever has a valid row has an accepted one.
{%- set records = [
    ('checked_pos_sales', ['transaction_id', 'line_number']),
    ('checked_orders', ['order_id']),
    ('checked_order_lines', ['order_id', 'line_number']),
    ('checked_inventory', ['counted_on', 'store_code', 'product_code']),
] %}
{% for model, key in records %}
select
    '{{ model }}' as model,
    {{ key | join(" || '/' || ") }} as record_key,
    sum(case when row_status = 'accepted' then 1 else 0 end) as accepted_rows
from {{ ref(model) }}
where reject_reason is null
group by {{ key | join(', ') }}
having sum(case when row_status = 'accepted' then 1 else 0 end) <> 1
{{ 'union all' if not loop.last }}
{% endfor %}
