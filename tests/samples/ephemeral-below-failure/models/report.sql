select * from {{ ref('big') }}
