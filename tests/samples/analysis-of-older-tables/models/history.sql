select id, remark from {{ ref('events') }}
