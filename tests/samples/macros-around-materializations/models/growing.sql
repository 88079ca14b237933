{{ config(materialized='incremental', on_schema_change='append_new_columns') }}
select id, name from {{ ref('totals') }}
