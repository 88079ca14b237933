select {{ amount('1') }} as id
