select customer from {{ ref('totals') }}
