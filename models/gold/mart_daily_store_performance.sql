-- One row a store and day since it opened (or since the calendar starts), also for days on which nothing was sold: only without
-- holes do "the last 7 rows" mean the last 7 days.
--
-- Like for like: a day is compared with the same weekday four weeks earlier, and only if the store was trading on both. So a
-- new store does not flatter the growth of the chain, and a holiday does not spoil it. One day says little; the growth given is
-- that of the last 28.
with sales as (

    select
        date_day,
        store_code,
        count(distinct case when line_type = 'sale' then transaction_id end) as transactions,
        cast(sum(quantity) as integer) as units,
        sum(net_amount_eur) as net_sales_eur,
        sum(margin_eur) as margin_eur,
        -sum(case when line_type = 'return' then net_amount_eur else 0 end) as returns_eur
    from {{ ref('fact_sales') }}
    group by date_day, store_code

),

last_day as (

    select max(date_day) as date_day
    from sales

),

holidays as (

    select holiday_date, country_code
    from {{ ref('holidays') }}

),

store_days as (

    select
        days.date_day,
        stores.store_code,
        -- The web shop never closes.
        stores.channel = 'web' or (
            holidays.holiday_date is null
            and (stores.is_open_on_sunday or days.day_of_week <> 0)
        ) as is_trading_day,
        coalesce(sales.transactions, 0) as transactions,
        coalesce(sales.units, 0) as units,
        coalesce(sales.net_sales_eur, 0) as net_sales_eur,
        coalesce(sales.margin_eur, 0) as margin_eur,
        coalesce(sales.returns_eur, 0) as returns_eur
    from {{ ref('dim_store') }} as stores
    cross join last_day
    inner join {{ ref('dim_date') }} as days
        on days.date_day between stores.opened_on and last_day.date_day
    left join holidays
        on days.date_day = holidays.holiday_date
        and stores.country_code = holidays.country_code
    left join sales
        on stores.store_code = sales.store_code
        and days.date_day = sales.date_day

),

compared as (

    select
        *,
        is_trading_day
            and coalesce(lag(is_trading_day, 28) over (partition by store_code order by date_day), false) as is_like_for_like,
        lag(net_sales_eur, 28) over (partition by store_code order by date_day) as net_sales_eur_4w_ago
    from store_days

),

rolled_up as (

    select
        *,
        sum(net_sales_eur) over (
            partition by store_code order by date_day rows between 6 preceding and current row
        ) as net_sales_eur_7d,
        sum(net_sales_eur) over (
            partition by store_code order by date_day rows between 27 preceding and current row
        ) as net_sales_eur_28d,
        sum(case when is_like_for_like then net_sales_eur end) over (
            partition by store_code order by date_day rows between 27 preceding and current row
        ) as like_for_like_sales_eur_28d,
        sum(case when is_like_for_like then net_sales_eur_4w_ago end) over (
            partition by store_code order by date_day rows between 27 preceding and current row
        ) as like_for_like_base_eur_28d
    from compared

)

select
    date_day,
    store_code,
    is_trading_day,
    transactions,
    units,
    net_sales_eur,
    margin_eur,
    returns_eur,
    {{ money('net_sales_eur / nullif(transactions, 0)') }} as average_basket_eur,
    net_sales_eur_7d,
    net_sales_eur_28d,
    is_like_for_like,
    like_for_like_sales_eur_28d,
    like_for_like_base_eur_28d,
    cast(
        round(like_for_like_sales_eur_28d / nullif(like_for_like_base_eur_28d, 0) - 1, 4) as decimal(18, 4)
    ) as like_for_like_growth_28d
from rolled_up
