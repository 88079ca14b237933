select * from {{ source('raw', 'items') }} join {{ ref('ordres') }} using (id)
