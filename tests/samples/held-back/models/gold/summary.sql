{{ config(materialized='table') }}
select count(*) as customers, sum(amount) as amount from {{ ref('customers') }}
