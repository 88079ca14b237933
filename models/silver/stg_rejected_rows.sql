{#- feed, the model that judged it, and the columns that make its records' key -#}
{%- set feeds = [
    ('pos', 'checked_pos_sales', ['transaction_id', 'line_number']),
    ('orders', 'checked_orders', ['order_id']),
    ('order_lines', 'checked_order_lines', ['order_id', 'line_number']),
    ('inventory', 'checked_inventory', ['counted_on', 'store_code', 'product_code']),
] -%}

-- Every row that was refused, as it came, and why. A refused row is repaired once its record was accepted in another version.
{% for feed, model, key in feeds %}
select
    '{{ feed }}' as feed,
    rejected.reject_reason,
    rejected.source_file,
    rejected.received_on,
    rejected.raw_record,
    accepted.row_status is not null as is_repaired
from {{ ref(model) }} as rejected
left join {{ ref(model) }} as accepted
    on accepted.row_status = 'accepted'
    {%- for column in key %}
    and rejected.{{ column }} = accepted.{{ column }}
    {%- endfor %}
where rejected.row_status = 'rejected'

union all
{% endfor %}
select
    'customers' as feed,
    'missing_key' as reject_reason,
    'seeds/customers.csv' as source_file,
    cast(null as date) as received_on,
    {{ raw_record(['customer_id', 'full_name', 'email', 'country', 'registered_on', 'marketing_consent', 'updated_at']) }} as raw_record,
    false as is_repaired
from {{ ref('customers') }}
where {{ clean_code('customer_id') }} is null
