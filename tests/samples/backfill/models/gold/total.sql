{{ config(materialized='table') }}
select sum(amount) as amount from {{ ref('regions') }}
