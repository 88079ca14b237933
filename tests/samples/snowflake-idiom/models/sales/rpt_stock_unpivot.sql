select store, month, units
from {{ ref('raw_stock') }}
unpivot (units for month in (jan, feb, mar))
order by store, month
