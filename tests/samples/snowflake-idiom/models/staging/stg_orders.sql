{{ config(materialized='table') }}

select
    order_id::number(38, 0)                                            as order_id,
    customer_id::number(38, 0)                                         as customer_id,
    product_id::number(38, 0)                                          as product_id,
    ordered_at::timestamp_ntz                                          as ordered_at,
    to_date(ordered_at::timestamp_ntz)                                 as order_date,
    to_char(ordered_at::timestamp_ntz, 'YYYY-MM')                      as order_month,
    date_trunc('month', ordered_at::timestamp_ntz)::date               as month_start,
    status,
    decode(status, 'paid', 'P', 'refunded', 'R', '?')                  as status_code,
    iff(status = 'refunded', -1, 1) * amount::number(10, 2)            as signed_amount,
    nvl(split_part(discount_code, '-', 1), 'none')                     as discount_name,
    zeroifnull(try_to_number(split_part(discount_code, '-', 2)))       as discount_percent
from {{ ref('raw_orders') }}
