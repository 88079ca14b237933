{{ config(materialized='incremental', partitions={'use': 'daily', 'column': 'day'}) }}
select
    cast(sold_at as date) as day,
    region,
    sum(amount) as amount,
    day = date '{{ var('bad', '1999-01-01') }}' as bad
from {{ ref('sales') }}
where {{ partition.filter('sold_at') }}
{% if var('broken', '') and var('broken') == partition.key %} and no_such_column {% endif %}
group by all
