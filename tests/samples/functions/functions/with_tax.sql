net * (1 + rate)
