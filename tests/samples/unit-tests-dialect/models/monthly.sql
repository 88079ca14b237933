select
    date_trunc('month', day) as month,
    iff(sum(amount) > 10, 'good', 'bad') as verdict,
    max(payload:channel::string) as channel
from {{ ref('orders') }}
group by 1
qualify row_number() over (order by month) <= 2
