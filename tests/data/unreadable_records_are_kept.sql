-- Fault: JSON that was cut off. A reader that skips it loses it silently; here each is kept and counted among the rejected.
-- Asked of the source itself, for bronze could have skipped it.
with broken as (

    select
        filename as source_file,
        payload
    from {{ source('feeds', 'orders') }}
    where {{ parse_json('payload') }} is null

),

kept as (

    select
        source_file,
        raw_record
    from {{ ref('stg_rejected_rows') }}
    where reject_reason = 'broken_json'

)

select
    coalesce(broken.source_file, kept.source_file) as source_file,
    coalesce(broken.payload, kept.raw_record) as record
from broken
full outer join kept
    on broken.source_file = kept.source_file
    and broken.payload = kept.raw_record
where broken.payload is null
    or kept.raw_record is null
