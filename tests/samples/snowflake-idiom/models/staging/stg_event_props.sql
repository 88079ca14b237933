select
    e.event_id,
    p.key            as property,
    typeof(p.value)  as kind,
    p.value::string  as value
from {{ ref('stg_events') }} e
join lateral flatten(input => e.props) p
where p.key <> 'tags'
