select {{ settings.rate.vat }} as vat
