select name from {{ ref('names') }}
