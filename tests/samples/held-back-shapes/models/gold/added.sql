{{ config(
    materialized='incremental', unique_key='id', incremental_strategy='merge', on_schema_change='append_new_columns',
    persist_docs={'relation': true, 'columns': true},
    post_hook="insert into hooks select 'after added: ' || count(*) from {{ this }}",
) }}
select id, amount from {{ ref('orders') }}
