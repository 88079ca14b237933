{{ config(alias=[1], tags='b') }} select 1 as id
