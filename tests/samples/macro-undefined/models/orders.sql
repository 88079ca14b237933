select {{ cent_to_euros('amount') }} as amount
