with marked as (
    select
        device,
        measured_at::timestamp_ntz                                                as measured_at,
        reading::number(6, 2)                                                     as reading,
        reading is null                                                           as is_missing,
        is_missing is distinct from lag(is_missing) over (
            partition by device order by measured_at
        )                                                                         as is_start
    from {{ ref('raw_sensor') }}
)

select
    device,
    measured_at,
    last_value(reading) ignore nulls over (
        partition by device order by measured_at rows between unbounded preceding and current row
    )                                                                             as filled,
    sum(is_start::int) over (partition by device order by measured_at)            as island,
    time_slice(measured_at, 2, 'minute')                                          as slice_start
from marked
