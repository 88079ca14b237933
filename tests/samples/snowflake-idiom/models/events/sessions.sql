with gaps as (
    select
        user_id,
        occurred_at,
        timestampdiff(
            minute,
            lag(occurred_at) over (partition by user_id order by occurred_at),
            occurred_at
        ) as idle_minutes
    from {{ ref('stg_events') }}
),

numbered as (
    select
        *,
        sum(iff(idle_minutes is null or idle_minutes > 30, 1, 0))
            over (partition by user_id order by occurred_at)                        as session_number,
        conditional_true_event(idle_minutes > 30)
            over (partition by user_id order by occurred_at)                        as breaks
    from gaps
)

select
    user_id || '-' || session_number                            as session_id,
    user_id,
    breaks,
    min(occurred_at)                                            as started_at,
    count(*)                                                    as events,
    datediff(second, min(occurred_at), max(occurred_at))        as seconds
from numbered
group by all
