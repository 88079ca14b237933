select 1 as order_id, 10 as amount, date '2024-01-01' as ordered_on
