{{ config(
    materialized='incremental',
    partitions={'dimensions': {
        'month': {'time': 'month', 'start': '2024-01', 'end': '2024-02', 'timezone': 'Europe/Berlin', 'column': 'month'},
        'region': {'values': ['EU', 'US'], 'column': 'region'},
    }},
) }}

select date_trunc('month', sold_on)::date as month, region, sum(amount) as amount
from {{ ref('daily_sales') }}
where {{ partition.month.filter('sold_on') }} and {{ partition.region.filter('region') }}
group by all
