{{ config(materialized='table') }}
select amount from {{ ref('orders') }}
