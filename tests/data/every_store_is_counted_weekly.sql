-- Fault: a store's count is missing altogether. Stock is carried on from older counts, which is a guess that gets worse.
{{ config(severity='warn') }}

with mondays as (

    select
        days.date_day,
        stores.store_code
    from {{ ref('dim_date') }} as days
    inner join {{ ref('dim_store') }} as stores
        on days.date_day >= stores.opened_on
    where days.day_of_week = 1
        and days.date_day <= (select max(sold_on) from {{ ref('stg_sale_lines') }})

)

select
    mondays.store_code,
    mondays.date_day
from mondays
left join {{ ref('stg_inventory') }} as counts
    on mondays.date_day = counts.counted_on
    and mondays.store_code = counts.store_code
where counts.store_code is null
