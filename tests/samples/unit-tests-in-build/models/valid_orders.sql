{{ config(materialized='ephemeral') }}

select customer, amount, day from {{ ref('orders') }} where amount > 0
