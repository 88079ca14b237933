select {{ 'a' / 2 }} as half
