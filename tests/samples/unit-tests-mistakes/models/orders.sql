select 1 as id, 10.00 as amount
