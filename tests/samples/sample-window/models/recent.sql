select id from {{ ref('visits') }}
