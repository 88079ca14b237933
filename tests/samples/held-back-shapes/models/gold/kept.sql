{{ config(
    materialized='table', indexes=[{'columns': ['amount']}], persist_docs={'relation': true, 'columns': true},
    pre_hook="insert into hooks values ('before kept')",
    post_hook=["insert into hooks select 'after kept: ' || count(*) from {{ this }}", {'sql': "insert into hooks values ('outside kept')", 'transaction': false}],
) }}
select id, amount from {{ ref('orders') }}
