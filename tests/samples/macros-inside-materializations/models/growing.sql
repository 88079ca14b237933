{{ config(materialized='incremental', on_schema_change='grow') }}
select id{% if is_incremental() %}, 1 as more{% endif %} from {{ ref('orders') }}
