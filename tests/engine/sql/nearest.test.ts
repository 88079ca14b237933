import { describe, expect, it } from 'vitest';
import { probablyMeant } from '../../../src/sql/nearest.ts';

const meant = (written: string, ...candidates: string[]): string | undefined => probablyMeant(written, candidates, 2);

describe('The name that was probably meant', () => {
  it('is the one with the fewest other letters', () => {
    expect(meant('custmer', 'customers', 'customer', 'custom')).toBe('customer');
    expect(meant('AMUONT', 'id', 'Amount')).toBe('Amount');
    expect(meant('order_di', 'order_item', 'order_id')).toBe('order_id');
    expect(meant('aab', 'abc', 'ab')).toBe('ab');
    expect(meant('column_13', 'column_31', 'column_42')).toBe('column_31');
  });

  it('or else the only one that has its words and others, or fewer of them', () => {
    expect(meant('orders', 'stg_orders', 'stg_customers')).toBe('stg_orders');
    expect(meant('fact_order_item', 'order_items', 'stores')).toBe('order_items');
    expect(meant('customer', 'customer_id', 'order_id')).toBe('customer_id');
    expect(meant('shop.orders', 'orders', 'refunds')).toBe('orders');
  });

  it('or else the only one that it is short for', () => {
    expect(meant('amnt', 'amount', 'id')).toBe('amount');
    expect(meant('qty', 'quantity', 'price')).toBe('quantity');
  });

  it('is nobody where several are as like it, or none is', () => {
    expect(meant('orders', 'stg_orders', 'fact_orders')).toBeUndefined();
    expect(meant('cnt', 'count', 'content')).toBeUndefined();
    expect(meant('qty', 'quantity', 'quality')).toBeUndefined();
    expect(meant('id', 'order_id', 'customer')).toBeUndefined();
    expect(meant('revenue', 'order_id', 'raven')).toBeUndefined();
  });
});
