{{ config(materialized='incremental', unique_key='id') }}
select id, customer from {{ ref('raw_orders') }}
