select distinct id, count(*) orders
from ({{ latest(ref('orders')) }}) as l
where place = 1 and id = null
group by id
