{{ config(materialized='table') }}
select customer, sum(amount) as amount from {{ ref('sales') }} group by customer
