with days as (
    select dateadd('day', seq4(), '2024-02-28'::date) as day
    from table(generator(rowcount => 4))
)

select
    d.day,
    count(o.order_id)                                                       as orders,
    nvl(sum(o.signed_amount), 0)                                            as revenue,
    sum(nvl(sum(o.signed_amount), 0)) over (order by d.day)                 as running_revenue,
    avg(nvl(sum(o.signed_amount), 0)) over (
        order by d.day rows between 1 preceding and current row
    )                                                                       as two_day_average
from days d
left join {{ ref('stg_orders') }} o
    on o.order_date = d.day
    and o.status_code != '?'
group by d.day
