/** `18,815`. */
export const count = (amount: number): string => amount.toLocaleString('en-US');

/** `1 row`, `2,000 rows`, `3 relations that differ`: the first word is counted. */
export function countOf(amount: number, thing: string, things = `${thing}s`): string {
  return `${count(amount)} ${amount === 1 ? thing : things}`;
}

/** A part of a whole, with two digits behind the point: `1.60 %`. */
export function percent(amount: number, of: number): string {
  const share = of === 0 ? 0 : (100 * amount) / of;
  return share > 0 && share < 0.01 ? 'under 0.01 %' : `${share.toFixed(2)} %`;
}

/** `0.4 s`, `12 s`, `3 min 5 s`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** `812 B`, `1.3 GB`: powers of 1,000. */
export function byteSize(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** power;
  return `${power === 0 ? amount : amount.toFixed(1)} ${units[power]}`;
}

/** The text, cut to a number of characters with `…` at the end. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  // Half of a pair of surrogates is no character.
  return `${text.slice(0, Math.max(0, most - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}
