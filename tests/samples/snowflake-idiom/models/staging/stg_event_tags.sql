select
    e.event_id,
    t.index          as position,
    t.value::string  as tag
from {{ ref('stg_events') }} as e,
    lateral flatten(input => e.props:tags) as t
