-- Small, and only ever joined: no table of its own, but a CTE in whatever reads it.
{{ config(materialized='ephemeral') }}

select
    currency_code,
    rate_to_eur as rate,
    valid_from,
    lead(valid_from) over (partition by currency_code order by valid_from) as valid_until
from {{ ref('exchange_rates') }}
