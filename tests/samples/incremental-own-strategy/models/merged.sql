{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id') }}
select 1 as id, 7 as amount
