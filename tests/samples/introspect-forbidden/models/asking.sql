select {{ run_query('select 42')[0][0] if execute }} as answer
