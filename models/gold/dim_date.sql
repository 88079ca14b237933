with recursive days as (

    select cast('{{ var("calendar_start") }}' as date) as date_day

    union all

    select date_day + 1
    from days
    where date_day < cast('{{ var("calendar_end") }}' as date)

),

holidays as (

    select
        holiday_date,
        {{ dbt.listagg('country_code', "', '", 'order by country_code') }} as holiday_countries
    from {{ ref('holidays') }}
    group by holiday_date

)

select
    days.date_day,
    extract(year from days.date_day) as year_number,
    extract(quarter from days.date_day) as quarter_number,
    extract(month from days.date_day) as month_number,
    {{ month_name('days.date_day') }} as month_name,
    cast(date_trunc('month', days.date_day) as date) as month_start,
    cast(date_trunc('week', days.date_day) as date) as week_start,
    extract(dayofweek from days.date_day) as day_of_week, -- 0 is Sunday
    {{ day_name('days.date_day') }} as day_name,
    extract(dayofweek from days.date_day) in (0, 6) as is_weekend,
    holidays.holiday_countries
from days
left join holidays
    on days.date_day = holidays.holiday_date
