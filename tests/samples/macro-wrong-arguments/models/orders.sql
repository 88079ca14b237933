select {{ cents_to_euros('amount', precision=3) }} as amount
