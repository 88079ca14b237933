import { describe, expect, test } from 'vitest';
import { cellToValue } from '../../../../src/core/values/cell-value.ts';
import { render, repr, str, typeName } from '../../../../src/jinja/index.ts';

const decimal = (text: string) => cellToValue(text, 'DECIMAL(18,3)');
const rendered = (template: string, ...texts: string[]): string => {
  const [x = null, y = null] = texts.map(decimal);
  return render(template, { x, y });
};

describe('a decimal of a query', () => {
  test.each([
    ['1.50', "Decimal('1.50')"],
    ['2.00', "Decimal('2.00')"],
    ['-0.10', "Decimal('-0.10')"],
    ['12345678901234567890.12', "Decimal('12345678901234567890.12')"],
    ['0.0000100', "Decimal('0.0000100')"],
  ])('prints as it was written: %s', (text, shown) => {
    expect([str(decimal(text)), repr(decimal(text))]).toEqual([text, shown]);
  });

  test('without a fraction is a whole number', () => {
    expect([decimal('5'), decimal('123456789012345678901')]).toEqual([5, 123456789012345678901n]);
  });

  test('very near to zero prints as in Python', () => {
    expect([str(decimal('0.0000001')), str(decimal('-0.000000123'))]).toEqual(['1E-7', '-1.23E-7']);
  });

  // As Python's decimal module has it.
  test.each([
    ['{{ x + 1 }} {{ 1 - x }} {{ x * 2 }} {{ -x }} {{ x | abs }}', ['1.50'], '2.50 -0.50 3.00 -1.50 1.50'],
    ['{{ x + y }} {{ x - y }} {{ x * y }}', ['0.10', '0.200'], '0.300 -0.100 0.02000'],
    ['{{ x / 2 }} {{ x / 4 }} {{ x / 3 }}', ['10.00'], '5.00 2.50 3.333333333333333333333333333'],
    ['{{ x // 1 }} {{ x % 1 }}', ['-1.50'], '-1 -0.50'],
    ['{{ x | round(1) }} {{ x | round }} {{ x | int }} {{ x | float }}', ['2.25'], '2.2 2 2 2.25'],
    ['{{ [x, y] | sum }} {{ [x, 2, y] | max }} {{ [x, 2] | min }}', ['1.10', '2.50'], '3.60 2.50 1.10'],
    [
      '{{ x == 10 }} {{ x > 9.5 }} {{ x is number }} {{ x is float }} {{ x is integer }}',
      ['10.00'],
      'True True True False False',
    ],
    ['{{ "%.1f %d %s" | format(x, x, x) }} {{ x + 0.5 }}', ['10.25'], '10.2 10 10.25 10.75'],
  ])('%s of %j', (template, texts, expected) => {
    expect(rendered(template, ...texts)).toBe(expected);
  });

  test('is called what Python calls it', () => {
    expect(typeName(decimal('1.5'))).toBe('decimal.Decimal');
    expect(() => rendered('{{ x / 0 }}', '1.50')).toThrow('division by zero');
  });
});
