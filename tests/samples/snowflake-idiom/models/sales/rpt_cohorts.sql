with firsts as (
    select customer_id, min(month_start) as cohort
    from {{ ref('stg_orders') }}
    group by customer_id
),

activity as (
    select
        f.cohort,
        datediff(month, f.cohort, o.month_start)  as month_number,
        count(distinct o.customer_id)             as customers,
        sum(o.signed_amount)                      as revenue
    from {{ ref('stg_orders') }} o
    join firsts f using (customer_id)
    group by 1, 2
)

select
    *,
    customers / first_value(customers) over (partition by cohort order by month_number) as retention
from activity
