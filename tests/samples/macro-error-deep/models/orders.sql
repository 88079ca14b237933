select
  1 as id,
  {{ amount('total') }} as total
