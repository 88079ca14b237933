{{ config(materialized='table') }}
select 10 as amount
