select distinct
    user_id,
    first_value(country) ignore nulls over (
        partition by user_id order by occurred_at rows between unbounded preceding and unbounded following
    ) as first_country,
    last_value(page ignore nulls) over (
        partition by user_id order by occurred_at rows between unbounded preceding and unbounded following
    ) as last_page,
    nth_value(event_type, 2) over (
        partition by user_id order by occurred_at rows between unbounded preceding and unbounded following
    ) as second_event
from {{ ref('stg_events') }}
