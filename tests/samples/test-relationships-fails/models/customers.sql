{{ config(materialized='table') }}
select 8 as id
