-- Shops and web shop in one shape: a line of a sale, a return, or a sale that was taken back.
--
-- A voided line and a line of a cancelled order stay, with quantity and amounts of zero. Were they left out here, an
-- incremental fact table would never learn of the correction and keep the sale for ever.
with store_lines as (

    select
        'store' as channel,
        transaction_id || '/' || cast(line_number as varchar) as sale_line_id,
        transaction_id,
        line_number,
        sold_at,
        sold_on,
        store_code,
        product_code,
        customer_id,
        line_type,
        quantity,
        unit_price,
        discount_amount,
        currency_code,
        is_late,
        received_on
    from {{ ref('stg_pos_sales') }}

),

web_lines as (

    select
        'web' as channel,
        lines.order_id || '/' || cast(lines.line_number as varchar) as sale_line_id,
        lines.order_id as transaction_id,
        lines.line_number,
        orders.ordered_at as sold_at,
        orders.ordered_on as sold_on,
        orders.store_code,
        lines.product_code,
        orders.customer_id,
        case when orders.order_status = 'cancelled' then 'void' else 'sale' end as line_type,
        lines.quantity,
        lines.unit_price,
        lines.discount_amount,
        orders.currency_code,
        orders.is_late,
        -- A line is news when it comes, and again when its header does.
        greatest(lines.received_on, orders.received_on) as received_on
    from {{ ref('stg_order_lines') }} as lines
    inner join {{ ref('stg_orders') }} as orders
        on lines.order_id = orders.order_id

),

all_lines as (

    select * from store_lines
    union all
    select * from web_lines

),

counted as (

    select
        all_lines.*,
        case when line_type = 'void' then 0 else quantity end as net_quantity,
        case when line_type = 'void' then 0 else discount_amount end as net_discount
    from all_lines

)

select
    counted.sale_line_id,
    counted.channel,
    counted.transaction_id,
    counted.line_number,
    counted.line_type,
    counted.sold_at,
    counted.sold_on,
    counted.store_code,
    counted.product_code,
    counted.customer_id,
    counted.net_quantity as quantity,
    counted.unit_price,
    counted.currency_code,
    {{ money('counted.net_quantity * counted.unit_price') }} as gross_amount,
    {{ money('counted.net_discount') }} as discount_amount,
    {{ money('counted.net_quantity * counted.unit_price - counted.net_discount') }} as net_amount,
    {{ in_reporting_currency('(counted.net_quantity * counted.unit_price - counted.net_discount)', 'rates.rate') }} as net_amount_eur,
    rates.rate as exchange_rate,
    counted.is_late,
    counted.received_on
from counted
left join {{ ref('stg_exchange_rates') }} as rates
    on counted.currency_code = rates.currency_code
    and counted.sold_on >= rates.valid_from
    and (counted.sold_on < rates.valid_until or rates.valid_until is null)
