import { integer } from './arithmetic.ts';

const DIGITS: Record<number, string> = { 2: '01', 8: '0-7', 10: '0-9', 16: '0-9a-f' };

/** Python's `int(text, base)`, or undefined where it raises. Base 0 takes the prefix's. */
export function parseIntText(text: string, base: number): number | bigint | undefined {
  const clean = text.trim().toLowerCase();
  const match = /^([-+]?)(0[xob])?_?([\s\S]*)$/.exec(clean)!;
  const [, sign, prefix, rest] = match as unknown as [string, string, string | undefined, string];
  const prefixBase = prefix === undefined ? undefined : { '0x': 16, '0o': 8, '0b': 2 }[prefix];
  const radix = base === 0 ? (prefixBase ?? 10) : base;
  const body = prefixBase === radix ? rest : clean.slice(sign.length);
  if (!/^[\da-z]+(?:_[\da-z]+)*$/.test(body)) return undefined;
  const digits = body.replaceAll('_', '');
  const known = DIGITS[radix];
  if (known !== undefined && new RegExp(`[^${known}]`).test(digits)) return undefined;
  if (base === 0 && prefix === undefined && /^0+[1-9]/.test(digits)) return undefined;
  let value = 0n;
  for (const digit of digits) {
    const number = Number.parseInt(digit, 36);
    if (number >= radix) return undefined;
    value = value * BigInt(radix) + BigInt(number);
  }
  return integer(sign === '-' ? -value : value);
}

const FLOAT = /^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?$/i;

/** Python's `float(text)`, or undefined where it raises. */
export function parseFloatText(text: string): number | undefined {
  const clean = text.trim();
  if (FLOAT.test(clean)) return Number(clean.replaceAll('_', ''));
  const special = /^([-+]?)(inf|infinity|nan)$/i.exec(clean);
  if (!special) return undefined;
  const size = special[2]!.toLowerCase() === 'nan' ? Number.NaN : Infinity;
  return special[1] === '-' ? -size : size;
}
