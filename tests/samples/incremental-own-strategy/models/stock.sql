{{ config(materialized='incremental', incremental_strategy='only_new', unique_key='id') }}
select unnest([1, 2]) as id, {{ var('amount', 5) }} as amount{% if is_incremental() %} union all select 3, 9{% endif %}
