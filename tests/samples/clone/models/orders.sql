{{ config(materialized='table') }}
select '{{ target.name }}' as made_in
