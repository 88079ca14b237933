{{ config(
    materialized='table',
    pre_hook="delete from audit where what ilike any ('%NAMES', 'zz%')",
    post_hook=["update {{ this }} set name = name || nvl2(name, '!', '?') where id = 1", "{{ note_of(this) }}"]
) }}
select column1 as id, column2 as name from values (1, 'x'), (2, 'y')
