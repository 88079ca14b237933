with parsed as (
    select event_id::int as event_id, parse_json(payload) as body, loaded_at::timestamp_ntz as loaded_at
    from {{ ref('raw_events') }}
)

select
    event_id,
    body:user.id::string                              as user_id,
    body:user.country::string                         as country,
    body:type::varchar                                as event_type,
    body:at::timestamp_ntz                            as occurred_at,
    body['props']['page']::string                     as page,
    try_to_decimal(body:props.price::string, 10, 2)   as price,
    array_size(body:props.tags)                       as tag_count,
    body:props                                        as props,
    loaded_at
from parsed
