select * from {{ ref('stg_oders') }}
