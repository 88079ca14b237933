select * from {{ ref('checked_orders') }}
