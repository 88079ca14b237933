{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key='sale_line_id',
        on_schema_change='fail',
        tags=['finance']
    )
}}

-- One row a line of a sale or return, valued in the reporting currency, with keys that always find their dimension.
--
-- A run takes what has *arrived* since the last one, whatever day it was sold on: so late rows and corrections come in by
-- themselves, and the merge on sale_line_id replaces what was corrected. Running again changes nothing.
with sale_lines as (

    select *
    from {{ ref('stg_sale_lines') }}

),

{% if is_incremental() -%}
-- How far each feed has been read. A feed of its own, for one may be days behind the other.
watermarks as (

    select
        channel,
        max(received_on) - {{ var('sales_lookback_days') }} as read_from
    from {{ this }}
    group by channel

),

-- Sales of products that were unknown when they were loaded are looked up again, until somebody adds the product.
unresolved as (

    select sale_line_id
    from {{ this }}
    where product_code = 'UNKNOWN'

),

arrived as (

    select sale_lines.*
    from sale_lines
    left join watermarks
        on sale_lines.channel = watermarks.channel
    left join unresolved
        on sale_lines.sale_line_id = unresolved.sale_line_id
    where sale_lines.received_on >= watermarks.read_from
        or watermarks.read_from is null
        or unresolved.sale_line_id is not null

),

{% else -%}
arrived as (

    select *
    from sale_lines

),

{% endif -%}
products as (

    select product_code, unit_cost_eur
    from {{ ref('dim_product') }}

),

customers as (

    select customer_id
    from {{ ref('dim_customer') }}

)

select
    arrived.sale_line_id,
    arrived.channel,
    arrived.transaction_id,
    arrived.line_number,
    arrived.line_type,
    arrived.sold_at,
    arrived.sold_on as date_day,
    arrived.store_code,
    coalesce(products.product_code, 'UNKNOWN') as product_code,
    arrived.product_code as source_product_code,
    case
        when arrived.customer_id is null then 'ANONYMOUS'
        else coalesce(customers.customer_id, 'UNKNOWN')
    end as customer_id,
    arrived.quantity,
    arrived.unit_price,
    arrived.currency_code,
    arrived.gross_amount,
    arrived.discount_amount,
    arrived.net_amount,
    arrived.net_amount_eur,
    {{ money('arrived.quantity * products.unit_cost_eur') }} as cost_eur,
    arrived.net_amount_eur - {{ money('arrived.quantity * products.unit_cost_eur') }} as margin_eur,
    arrived.is_late,
    arrived.received_on
from arrived
left join products
    on arrived.product_code = products.product_code
left join customers
    on arrived.customer_id = customers.customer_id
