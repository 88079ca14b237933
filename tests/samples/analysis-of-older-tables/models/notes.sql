select note from {{ ref('orders') }}
