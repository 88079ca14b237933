{{ config(materialized='upserted', unique_key='id') }}
select 1 as id, {{ var('amount', 5) }} as amount{% if var('more', false) %}, 'x' as note{% endif %}
union all select {{ var('second', 2) }}, 7{% if var('more', false) %}, 'y'{% endif %}
