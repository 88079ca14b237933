{{ config(materialized='swapped', post_hook="insert into {{ this }} values (99, 'hook')", persist_docs={'relation': true}) }}
select 1 as id, 'new' as state
