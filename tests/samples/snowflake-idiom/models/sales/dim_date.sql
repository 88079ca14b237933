with spine as (
    select dateadd(day, row_number() over (order by seq4()) - 1, '2024-02-26'::date) as day
    from table(generator(rowcount => 10))
)

select
    to_char(day, 'YYYYMMDD')::int                   as date_key,
    day,
    year(day)                                       as year,
    quarter(day)                                    as quarter,
    monthname(day)                                  as month_name,
    dayname(day)                                    as day_name,
    dayofweekiso(day)                               as day_of_week,
    weekiso(day)                                    as week,
    dayofyear(day)                                  as day_of_year,
    date_trunc(week, day)                           as week_start,
    last_day(day)                                   as month_end,
    day_name in ('Sat', 'Sun')                      as is_weekend,
    day = month_end                                 as is_month_end
from spine
