select
    customer_id,
    add_months(signed_up, 1)                                                as first_bill,
    round(months_between('2024-06-30'::date, signed_up), 2)                 as tenure,
    next_day(signed_up, 'mo')                                               as kickoff,
    date_from_parts(year(signed_up), month(signed_up) + 1, 0)               as month_end,
    dateadd(quarter, 1, date_trunc('quarter', signed_up))                   as next_quarter,
    date_part(epoch_second, signed_up::timestamp_ntz)                       as epoch,
    convert_timezone('UTC', 'Europe/Riga', signed_up::timestamp_ntz)        as local_midnight,
    datediff(week, '2024-01-01'::date, signed_up)                           as weeks,
    to_varchar(signed_up, 'DD Mon YYYY')                                    as printed,
    to_date(printed, 'DD MON YYYY') = signed_up                             as reads_back
from {{ ref('stg_customers') }}
