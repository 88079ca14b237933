{{ config(materialized='own', post_hook="insert into audit select 'own', zeroifnull(null), split_part('a-b', '-', 0)") }}
-- depends_on: {{ ref('names') }}
select iff(true, 1, 2) as id
