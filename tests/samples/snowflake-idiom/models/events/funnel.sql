with steps as (
    select
        user_id,
        min(iff(event_type = 'view', occurred_at, null))                 as viewed_at,
        min(case when event_type = 'cart' then occurred_at end)          as carted_at,
        min(case event_type when 'purchase' then occurred_at end)        as bought_at
    from {{ ref('stg_events') }}
    group by user_id
)

select
    count(viewed_at)                                                 as viewed,
    count_if(carted_at > viewed_at)                                  as carted,
    count_if(carted_at > viewed_at and bought_at > carted_at)        as bought,
    round(100 * div0(carted, viewed), 1)                             as cart_rate
from steps
