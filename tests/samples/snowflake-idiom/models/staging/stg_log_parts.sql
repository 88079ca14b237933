select
    l.line like '%|%'  as is_log_line,
    p.index            as part_number,
    p.value            as part
from {{ ref('raw_log_lines') }} as l,
    lateral split_to_table(l.line, '|') as p
where p.index <= 2
