alter external table shop.feeds.pos refresh;
