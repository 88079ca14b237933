{{ config(materialized='ephemeral') }}
select
  id,
  ammount
from (select 1 as id, 10 as amount)
