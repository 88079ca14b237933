{{ config(
    materialized='table',
    pre_hook=["create table if not exists main.log as select 'first' as what", {'sql': "set memory_limit = '2GB'", 'transaction': false}],
    post_hook="insert into main.log values ('{{ this.name }}')"
) }}
select 1 as id
