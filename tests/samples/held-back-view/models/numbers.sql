select range as id, range * 10 as amount from range(3)
