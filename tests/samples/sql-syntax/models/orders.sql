{% set columns = ['id', 'amount'] %}
select
  1 as id,
  10 as amount
form (select 1)
