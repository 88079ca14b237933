{{ config(materialized='table') }}
select net, {{ function('with_tax') }}(net) as gross, (select {{ function('total') }}(net) from {{ ref('orders') }}) as total
from {{ ref('orders') }}
limit 1
