{{ config(materialized='table') }}
select
  id as order_id,
  parse_json(payload):channel::string as channel,
  zeroifnull(parse_json(payload):lines[0].amount::number(10, 2)) as amount,
  ordered_at
from {{ ref('raw_orders') }}
