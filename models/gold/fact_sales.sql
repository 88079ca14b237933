{{
    config(
        materialized='incremental',
        partitions={
            'time': 'day',
            'start': var('calendar_start'),
            'end': var('today'),
            'column': 'date_day'
        },
        lookback=var('sales_lookback_days'),
        partition_batch_size=31,
        on_schema_change='fail',
        tags=['finance']
    )
}}

-- One row a line of a sale or return, valued in the reporting currency, with keys that always find their dimension.
--
-- Kept by the day of the sale. A build takes the days that are missing, and the last ones again (`lookback`): rows and
-- corrections come in weeks after their day, and a day that is built again is built from all that has arrived by then.
--
-- Every fact points to its dimensions, so all of them are published before it: {{ ref('dim_date') }}, {{ ref('dim_store') }}.
with sale_lines as (

    select *
    from {{ ref('stg_sale_lines') }}
    where {{ partition.filter('sold_on') }}

),

products as (

    select product_code, unit_cost_eur
    from {{ ref('dim_product') }}

),

customers as (

    select customer_id
    from {{ ref('dim_customer') }}

)

select
    sale_lines.sale_line_id,
    sale_lines.channel,
    sale_lines.transaction_id,
    sale_lines.line_number,
    sale_lines.line_type,
    sale_lines.sold_at,
    sale_lines.sold_on as date_day,
    sale_lines.store_code,
    coalesce(products.product_code, 'UNKNOWN') as product_code,
    sale_lines.product_code as source_product_code,
    case
        when sale_lines.customer_id is null then 'ANONYMOUS'
        else coalesce(customers.customer_id, 'UNKNOWN')
    end as customer_id,
    sale_lines.quantity,
    sale_lines.unit_price,
    sale_lines.currency_code,
    sale_lines.gross_amount,
    sale_lines.discount_amount,
    sale_lines.net_amount,
    sale_lines.net_amount_eur,
    {{ money('sale_lines.quantity * products.unit_cost_eur') }} as cost_eur,
    sale_lines.net_amount_eur - {{ money('sale_lines.quantity * products.unit_cost_eur') }} as margin_eur,
    sale_lines.is_late,
    sale_lines.received_on
from sale_lines
left join products
    on sale_lines.product_code = products.product_code
left join customers
    on sale_lines.customer_id = customers.customer_id
