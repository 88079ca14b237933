{{ config(materialized='table') }}
select * from {{ ref('revenue') }}
