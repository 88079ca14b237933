select id, {{ size_of('amount') }} as size from {{ ref('orders') }}
