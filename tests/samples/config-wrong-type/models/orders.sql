{{ config(materialized='table', tags=['a', 'b'], enabled='perhaps') }}
select 1 as id
