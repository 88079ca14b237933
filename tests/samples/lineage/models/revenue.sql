select sum(amount) as amount, count(*) as orders from {{ ref('paid_orders') }} group by status
