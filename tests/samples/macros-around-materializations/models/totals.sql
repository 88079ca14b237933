{{ config(materialized='table', indexes=[{'columns': ['id']}]) }}
select id, name from {{ ref('orders') }}
