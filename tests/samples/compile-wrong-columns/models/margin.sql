select revenue - cost as margin
from {{ ref('revenue') }} join {{ ref('orders') }} using (id)
group by region
