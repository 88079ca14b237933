select * from {{ source('tills', 'receipts') }}
