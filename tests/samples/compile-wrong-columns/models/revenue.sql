{{ config(materialized='ephemeral') }}
select o.id, {{ rounded('o.amuont') }} as revenue
from {{ ref('orders') }} as o
