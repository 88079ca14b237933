-- Fault: shelves counted twice, the second time right. On the evening of a count, stock is the last count less the day's sales.
with raw_counts as (

    select
        try_cast(counted_on as date) as counted_on,
        upper(trim(store_code)) as store_code,
        upper(trim(product_code)) as product_code,
        try_cast(units_on_hand as integer) as units,
        row_number() over (
            partition by counted_on, upper(trim(store_code)), upper(trim(product_code))
            order by try_cast(count_no as integer) desc
        ) as from_newest
    from {{ ref('raw_inventory_data') }}
    where try_cast(units_on_hand as integer) >= 0
        and try_cast(counted_on as date) is not null

)

select
    inventory.date_day,
    inventory.store_code,
    inventory.product_code,
    inventory.units_counted,
    raw_counts.units
from {{ ref('fact_inventory_daily') }} as inventory
inner join raw_counts
    on inventory.date_day = raw_counts.counted_on
    and inventory.store_code = raw_counts.store_code
    and inventory.product_code = raw_counts.product_code
where raw_counts.from_newest = 1
    and (
        inventory.units_counted is distinct from raw_counts.units
        or inventory.book_units <> raw_counts.units - inventory.units_sold
    )
