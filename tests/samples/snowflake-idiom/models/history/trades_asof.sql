select t.trade_id, t.symbol, p.price, t.quantity * p.price as value
from {{ ref('raw_trades') }} t
asof join {{ ref('raw_prices') }} p
    match_condition (t.traded_at >= p.quoted_at)
    on t.symbol = p.symbol
