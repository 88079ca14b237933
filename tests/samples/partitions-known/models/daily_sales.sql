{{ config(
    materialized='incremental',
    publish='after_tests',
    partitions={'use': 'daily', 'column': 'sold_on'},
) }}

select sold_on, region, sum(amount) as amount
from {{ ref('sales') }}
where {{ partition.filter('sold_on') }}
group by all
