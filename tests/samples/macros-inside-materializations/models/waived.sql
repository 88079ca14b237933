{{ config(materialized='view') }}
select id, 'more' as more from {{ ref('orders') }}
