select
  1 as id,
  {{ in_euros('1050') }} as amount
