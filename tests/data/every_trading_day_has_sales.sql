-- Fault: an empty or missing file. Its rows usually come with a later one; until then the day looks as if nobody had bought.
-- One store and day may be a burst pipe: a warning. More is a feed that is down: an error.
{{ config(severity='error', warn_if='>0', error_if='>2') }}

select
    date_day,
    store_code
from {{ ref('mart_daily_store_performance') }}
where is_trading_day
    and transactions = 0
