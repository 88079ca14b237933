select
    id,
    customer_id customer,
    {% for part in ['a', 'b'] %}
    sum(amount) {{ part }}_amount,
    {% endfor %}
    'done' as state -- ingot: ignore implicit-alias
from raw.orders
-- ingot: ignore
where deleted_at = null
group by all
union
select 1, 2, 3, 4, 'x'
limit 10
