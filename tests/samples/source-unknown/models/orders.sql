select * from {{ source('tils', 'receipts') }}
