with unused as (
  select 1 as one
)
select id, amount from {{ ref('raw_orders') }}
