select id, cast(amount as decimal(18, 2)) as amount, status from {{ ref('raw_orders') }} where status <> 'void'
