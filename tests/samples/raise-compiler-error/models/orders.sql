select {{ currency('EURO') }} as currency
