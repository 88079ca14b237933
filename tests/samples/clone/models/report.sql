select made_in from {{ ref('orders') }}
