import { DatetimeValue, dayNames, microsPerDay, monthNames, ZoneValue, zoneOf } from '../../core/index.ts';
import { TemplateError } from '../../jinja/index.ts';

/** Directives and what text they take; the names are those of the C locale. */
const patterns: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  y: '(?<y>\\d{2})',
  m: '(?<m>1[0-2]|0?[1-9])',
  d: '(?<d>3[01]|[12]\\d|0?[1-9]| [1-9])',
  H: '(?<H>2[0-3]|[01]\\d|\\d)',
  I: '(?<I>1[0-2]|0?[1-9])',
  M: '(?<M>[0-5]\\d|\\d)',
  S: '(?<S>6[01]|[0-5]\\d|\\d)',
  f: '(?<f>\\d{1,6})',
  p: '(?<p>am|pm)',
  B: `(?<B>${monthNames.join('|')})`,
  b: `(?<b>${monthNames.map((name) => name.slice(0, 3)).join('|')})`,
  A: `(?:${dayNames.join('|')})`,
  a: `(?:${dayNames.map((name) => name.slice(0, 3)).join('|')})`,
  j: '(?<j>36[0-6]|3[0-5]\\d|[12]\\d\\d|0?[1-9]\\d|0{0,2}[1-9])',
  w: '[0-6]',
  u: '[1-7]',
  z: '(?<z>[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d)?|Z)',
  Z: '(?<Z>utc|gmt|[a-z]{3,4})',
  '%': '%',
};

const compound: Readonly<Record<string, string>> = {
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  R: '%H:%M',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  c: '%a %b %d %H:%M:%S %Y',
};

/**
 * Python's `datetime.strptime` in the C locale.
 *
 * @throws TemplateError (ValueError) where the text does not have the format.
 */
export function strptime(text: string, format: string): DatetimeValue {
  const match = new RegExp(`^${patternOf(format)}$`, 'i').exec(text);
  if (match === null) throw new TemplateError(`time data '${text}' does not match format '${format}'`, 'ValueError');
  const found = match.groups ?? {};
  const date = dateOf(found);
  const wall = {
    ...date,
    hour: hourOf(found),
    minute: Number(found.M ?? 0),
    second: Number(found.S ?? 0),
    microsecond: Number((found.f ?? '').padEnd(6, '0')),
  };
  const named = found.Z !== undefined && /^(?:utc|gmt)$/i.test(found.Z) ? ZoneValue.utc : undefined;
  const zone = found.z === undefined ? named : zoneOf(found.z);
  const moment = DatetimeValue.of(wall, found.z === undefined ? undefined : zone);
  if (found.j === undefined) return moment;
  return new DatetimeValue(moment.wall + BigInt(Number(found.j) - 1) * microsPerDay, moment.zone);
}

function patternOf(format: string): string {
  const expanded = format.replace(/%([FTXRDxc])/g, (whole, directive: string) => compound[directive] ?? whole);
  return expanded.replace(/%(.)|\s+|[^%\s]+/gs, (piece, directive: string | undefined) => {
    if (directive === undefined) return /^\s/.test(piece) ? '\\s+' : piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    const pattern = patterns[directive];
    if (pattern === undefined) {
      throw new TemplateError(`'${directive}' is a bad directive in format '${format}'`, 'ValueError');
    }
    return pattern;
  });
}

type Found = Readonly<Record<string, string | undefined>>;

function dateOf(found: Found): { readonly year: number; readonly month: number; readonly day: number } {
  const short = Number(found.y ?? 0);
  const year =
    found.Y !== undefined ? Number(found.Y) : found.y === undefined ? 1900 : short + (short < 69 ? 2000 : 1900);
  const name = (found.B ?? found.b)?.slice(0, 3).toLowerCase();
  const named = monthNames.findIndex((month) => month.slice(0, 3).toLowerCase() === name) + 1;
  return { year, month: name === undefined ? Number(found.m ?? 1) : named, day: Number(found.d ?? 1) };
}

function hourOf(found: Found): number {
  if (found.I === undefined) return Number(found.H ?? 0);
  const hour = Number(found.I) % 12;
  return found.p?.toLowerCase() === 'pm' ? hour + 12 : hour;
}
