-- The buyer's list: each shelf on the last evening, how long its stock will do, and what an empty shelf costs a day.
with last_day as (

    select max(date_day) as date_day
    from {{ ref('fact_inventory_daily') }}

),

last_four_weeks as (

    select
        inventory.store_code,
        inventory.product_code,
        cast(sum(inventory.units_sold) as decimal(18, 4)) / 28 as average_daily_units
    from {{ ref('fact_inventory_daily') }} as inventory
    cross join last_day
    where inventory.date_day > last_day.date_day - 28
    group by inventory.store_code, inventory.product_code

),

shelves as (

    select
        inventory.date_day as as_of,
        inventory.store_code,
        inventory.product_code,
        products.product_name,
        products.category,
        products.list_price_eur,
        coalesce(products.discontinued_on < inventory.date_day, false) as is_discontinued,
        inventory.units_on_hand,
        inventory.stock_value_eur,
        inventory.last_counted_on,
        inventory.days_since_count,
        cast(round(last_four_weeks.average_daily_units, 2) as decimal(18, 2)) as average_daily_units,
        cast(
            round(inventory.units_on_hand / nullif(last_four_weeks.average_daily_units, 0), 1) as decimal(18, 1)
        ) as days_of_cover
    from {{ ref('fact_inventory_daily') }} as inventory
    inner join last_day
        on inventory.date_day = last_day.date_day
    inner join last_four_weeks
        on inventory.store_code = last_four_weeks.store_code
        and inventory.product_code = last_four_weeks.product_code
    inner join {{ ref('dim_product') }} as products
        on inventory.product_code = products.product_code

),

judged as (

    select
        *,
        case
            when is_discontinued then 'discontinued'
            when units_on_hand = 0 then 'out_of_stock'
            when days_of_cover is null then 'not_selling'
            when days_of_cover < {{ var('low_cover_days') }} then 'low'
            when days_of_cover > {{ var('high_cover_days') }} then 'overstocked'
            else 'healthy'
        end as stock_status
    from shelves

)

select
    as_of,
    store_code,
    product_code,
    product_name,
    category,
    stock_status,
    units_on_hand,
    average_daily_units,
    days_of_cover,
    stock_value_eur,
    case
        when stock_status = 'out_of_stock' then {{ money('average_daily_units * list_price_eur') }}
        else 0
    end as missed_sales_eur_per_day,
    last_counted_on,
    days_since_count
from judged
