-- the cube's grand total is the sum of the customers' revenue
select c.revenue, d.revenue as of_customers
from {{ ref('rpt_revenue_cube') }} c
join (select sum(revenue) as revenue from {{ ref('dim_customer') }}) d
where c.country = 'all' and c.month = 'all'
  and not equal_null(c.revenue, d.revenue)
