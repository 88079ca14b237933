with recursive chain as (
    select id, name, 1 as depth, name::varchar as path
    from {{ ref('raw_employees') }}
    where manager_id is null
    union all
    select e.id, e.name, c.depth + 1, c.path || ' > ' || e.name
    from {{ ref('raw_employees') }} e
    join chain c on e.manager_id = c.id
)

select id, depth, path, count(*) over (partition by depth) as peers
from chain
