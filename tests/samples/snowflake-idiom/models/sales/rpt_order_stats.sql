select
    median(signed_amount)                                              as median_amount,
    percentile_cont(0.25) within group (order by signed_amount)        as first_quartile,
    percentile_disc(0.5) within group (order by signed_amount)         as middle_amount,
    round(stddev(signed_amount), 2)                                    as deviation,
    count_if(signed_amount > 50)                                       as large_orders,
    count(distinct customer_id)                                        as customers,
    mode(status)                                                       as usual_status,
    boolor_agg(signed_amount < 0)                                      as has_refunds
from {{ ref('stg_orders') }}
