-- All orders, as the shop sees them.
select *
from {{ ref('stg_order') }}
where id > 0
