{{ config(materialized='table') }}
select id::bigint as id from {{ ref('orders') }}
