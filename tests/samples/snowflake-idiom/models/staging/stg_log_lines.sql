select
    try_to_timestamp_ntz(split_part(line, '|', 1))               as logged_at,
    strtok(line, '|', 2)                                         as method,
    regexp_substr(line, '/orders/([0-9]+)', 1, 1, 'e')::int      as order_number,
    regexp_replace(split_part(line, '|', 3), '[?].*$', '')       as path,
    try_cast(split_part(line, '|', 4) as number(3, 0))           as status,
    try_cast(split_part(line, '|', 5) as float)                  as seconds,
    regexp_like(line, '.*[|](get|head)[|].*', 'i')               as is_read
from {{ ref('raw_log_lines') }}
where regexp_count(line, '[|]') = 4
  and line rlike '\\d{4}-\\d{2}-\\d{2} .*'
