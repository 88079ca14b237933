select customer_id, full_name from {{ ref('stg_customers') }}
minus
select c.customer_id, c.full_name
from {{ ref('stg_orders') }} o, {{ ref('stg_customers') }} c
where o.customer_id = c.customer_id and o.status_code = 'P'
