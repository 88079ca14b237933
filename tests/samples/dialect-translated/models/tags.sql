{{ config(materialized='incremental', unique_key='id') }}
select o.id || '-' || t.index as id, t.value::string as tag
from {{ ref('raw_orders') }} as o,
  lateral flatten(input => parse_json(o.payload):lines[0].tags) as t
