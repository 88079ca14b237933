{{ config(materialized='incremental', partitions='regional') }}
select
    cast(date_trunc('month', day) as date) as month,
    region,
    sum(amount) as amount
from {{ ref('days') }}
where {{ partition.month.filter('day') }} and {{ partition.region.filter('region') }}
group by all
