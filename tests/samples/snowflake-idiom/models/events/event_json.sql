with counts as (
    select event_type, user_id, count(*) as n
    from {{ ref('stg_events') }}
    group by all
)

select
    event_type,
    to_json(object_agg(user_id, n))                                                       as users,
    array_size(object_keys(object_agg(user_id, n)))                                       as user_count,
    to_json(array_agg(object_construct('n', n, 'user', user_id)) within group (order by user_id)) as listed
from counts
group by event_type
