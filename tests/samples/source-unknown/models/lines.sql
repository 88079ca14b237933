select * from {{ source('tills', 'receipt') }}
