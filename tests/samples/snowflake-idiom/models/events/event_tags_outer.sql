select e.event_id, t.value::string as tag, t.index is null as is_empty
from {{ ref('stg_events') }} e,
    lateral flatten(input => e.props:tags, outer => true) t
