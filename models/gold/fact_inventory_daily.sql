-- Stock of every shelf on every evening: what was last counted, less what has been sold since.
--
-- Shelves are counted on Mondays before opening, after the delivery; a count of today is therefore the morning's stock.
-- A missed or refused count leaves no gap, the older one is carried on: days_since_count says how far to trust it.
with counts as (

    select store_code, product_code, counted_on, units_counted
    from {{ ref('stg_inventory') }}

),

shelves as (

    select
        store_code,
        product_code,
        min(counted_on) as first_counted_on
    from counts
    group by store_code, product_code

),

sold as (

    select
        store_code,
        product_code,
        date_day,
        cast(sum(quantity) as integer) as units_sold
    from {{ ref('fact_sales') }}
    group by store_code, product_code, date_day

),

last_day as (

    select max(date_day) as date_day
    from sold

),

shelf_days as (

    select
        shelves.store_code,
        shelves.product_code,
        days.date_day,
        counts.units_counted,
        coalesce(sold.units_sold, 0) as units_sold,
        max(counts.counted_on) over (
            partition by shelves.store_code, shelves.product_code
            order by days.date_day
            rows between unbounded preceding and current row
        ) as last_counted_on
    from shelves
    cross join last_day
    inner join {{ ref('dim_date') }} as days
        on days.date_day between shelves.first_counted_on and last_day.date_day
    left join counts
        on shelves.store_code = counts.store_code
        and shelves.product_code = counts.product_code
        and days.date_day = counts.counted_on
    left join sold
        on shelves.store_code = sold.store_code
        and shelves.product_code = sold.product_code
        and days.date_day = sold.date_day

),

booked as (

    select
        *,
        max(units_counted) over (
            partition by store_code, product_code, last_counted_on
        ) as units_last_counted,
        cast(sum(units_sold) over (
            partition by store_code, product_code, last_counted_on
            order by date_day
            rows between unbounded preceding and current row
        ) as integer) as units_sold_since
    from shelf_days

)

select
    booked.date_day,
    booked.store_code,
    booked.product_code,
    booked.units_counted,
    booked.last_counted_on,
    booked.date_day - booked.last_counted_on as days_since_count,
    booked.units_sold,
    booked.units_last_counted - booked.units_sold_since as book_units,
    -- More sold than was there: a delivery that nobody counted. A shelf holds no less than nothing.
    greatest(booked.units_last_counted - booked.units_sold_since, 0) as units_on_hand,
    {{ money('greatest(booked.units_last_counted - booked.units_sold_since, 0) * products.unit_cost_eur') }} as stock_value_eur
from booked
inner join {{ ref('dim_product') }} as products
    on booked.product_code = products.product_code
