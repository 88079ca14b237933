select *
from (
    values (1, 'ada', 2.50, date '2024-01-01'), (2, 'ada', 4.50, date '2024-01-03'), (3, 'bob', 4.00, date '2024-01-02')
) as orders (id, customer, amount, day)
