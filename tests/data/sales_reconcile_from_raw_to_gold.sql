-- The books: what the feeds say, less what was refused, is what the marts say, to the cent, by store.
-- The raw side takes its own way through the data, with nothing of the silver layer but the list of refused rows.
with raw_pos as (

    select
        upper(trim(store_code)) as store_code,
        lower(trim(line_type)) as line_type,
        cast(quantity as integer) as quantity,
        cast(replace(unit_price, ',', '.') as decimal(18, 2)) as price,
        cast(replace(discount, ',', '.') as decimal(18, 2)) as discount,
        row_number() over (partition by transaction_id, line_no order by cast(version as integer) desc) as from_newest
    from {{ ref('raw_pos_data') }}
    where transaction_id <> 'END'
        and {{ raw_record(['transaction_id', 'line_no', 'store_code', 'sold_at', 'line_type', 'product_code', 'quantity',
                           'unit_price', 'discount', 'currency', 'customer_id', 'version']) }} not in (
            select raw_record
            from {{ ref('stg_rejected_rows') }}
            where feed = 'pos' and raw_record is not null
        )

),

raw_headers as (

    select
        order_id,
        status,
        row_number() over (partition by order_id order by updated_at desc) as from_newest
    from {{ ref('raw_orders_data') }}
    where record_type = 'order'
        and payload not in (select raw_record from {{ ref('stg_rejected_rows') }} where feed = 'orders' and raw_record is not null)

),

raw_lines as (

    select distinct
        order_id,
        line_no,
        cast(qty as integer) as quantity,
        cast(price as decimal(18, 2)) as price,
        cast(discount as decimal(18, 2)) as discount
    from {{ ref('raw_orders_data') }}
    where record_type = 'line'
        and payload not in (select raw_record from {{ ref('stg_rejected_rows') }} where feed = 'order_lines' and raw_record is not null)

),

raw_totals as (

    select
        store_code,
        sum(quantity) as units,
        sum(quantity * price - discount) as net_amount
    from raw_pos
    where from_newest = 1
        and line_type <> 'void'
    group by store_code

    union all

    select
        'WEB' as store_code,
        sum(raw_lines.quantity) as units,
        sum(raw_lines.quantity * raw_lines.price - raw_lines.discount) as net_amount
    from raw_lines
    inner join raw_headers
        on raw_lines.order_id = raw_headers.order_id
    where raw_headers.from_newest = 1
        and raw_headers.status <> 'cancelled'

),

fact_totals as (

    select
        store_code,
        sum(quantity) as units,
        sum(net_amount) as net_amount,
        sum(net_amount_eur) as net_amount_eur
    from {{ ref('sales_to_date') }}
    group by store_code

),

mart_totals as (

    select
        store_code,
        sum(units) as units,
        sum(net_sales_eur) as net_amount_eur
    from {{ ref('mart_daily_store_performance') }}
    group by store_code

)

select
    stores.store_code,
    raw_totals.units as raw_units,
    fact_totals.units as fact_units,
    mart_totals.units as mart_units,
    raw_totals.net_amount as raw_amount,
    fact_totals.net_amount as fact_amount,
    fact_totals.net_amount_eur as fact_amount_eur,
    mart_totals.net_amount_eur as mart_amount_eur
from {{ ref('dim_store') }} as stores
left join raw_totals
    on stores.store_code = raw_totals.store_code
left join fact_totals
    on stores.store_code = fact_totals.store_code
left join mart_totals
    on stores.store_code = mart_totals.store_code
where raw_totals.units is distinct from fact_totals.units
    or raw_totals.units is distinct from mart_totals.units
    or raw_totals.net_amount is distinct from fact_totals.net_amount
    or fact_totals.net_amount_eur is distinct from mart_totals.net_amount_eur
