{{ config(materialized='tabel') }}
select {{ var('rate') }} as rate
