with sales as (
    select product_id, sum(signed_amount) as revenue
    from {{ ref('stg_orders') }}
    group by product_id
    having count(*) > 1
)

select
    product_id,
    revenue,
    rank() over (order by revenue desc)                       as place,
    ntile(2) over (order by revenue desc)                     as half,
    percent_rank() over (order by revenue)                    as percent_rank,
    round(cume_dist() over (order by revenue), 4)             as cumulative,
    revenue - max(revenue) over ()                            as behind_best
from sales
qualify sum(revenue) over (order by revenue desc) > 250
order by place
