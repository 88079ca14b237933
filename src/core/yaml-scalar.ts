import type { Json } from './json.ts';
import type { Mark } from './python-marks.ts';

/** A plain scalar after resolution; `mark` tells of what its JSON does not: a float with a whole value (`1.0`), a date. */
export interface Scalar {
  readonly value: Json;
  readonly mark?: Mark | undefined;
}

const words = new Map<string, boolean | null>([
  ['', null],
  ['~', null],
  ...['null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);
const longestWord = 5;

const integer = /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+)$/;
const sexagesimalInteger = /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/;
const decimal = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;
const sexagesimalFloat = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/;
const special = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const date = /^\d{4}-\d\d-\d\d$/;
const timestamp =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:(Z)|([-+])(\d\d?)(?::(\d\d))?))?$/;

/**
 * What PyYAML makes of an unquoted scalar (YAML 1.1): `yes` and `off` are booleans, `0755` is octal, `1:30` is 90,
 * `1e5` and `0o17` are text. Dates and timestamps become ISO text, which is what dbt writes into its artifacts.
 *
 * Limits of JSON: an integer that a JavaScript number cannot hold stays the text that was written; `1.0` is the number
 * 1 (`mark` tells).
 *
 * @returns undefined for a date that does not exist (`2024-02-31`), which PyYAML refuses.
 */
export function resolvePlain(text: string): Scalar | undefined {
  const first = text.charCodeAt(0);
  // Digits, sign and dot start every number and date; nothing else does.
  if ((first >= 48 && first <= 57) || first === 45 || first === 43 || first === 46) return resolveNumber(text);
  if (text.length <= longestWord) {
    const word = words.get(text);
    if (word !== undefined) return { value: word };
  }
  return { value: text };
}

function resolveNumber(text: string): Scalar | undefined {
  if (integer.test(text)) return { value: parseInteger(text) };
  if (decimal.test(text)) return whole(Number(text.replaceAll('_', '')));
  if (date.test(text)) return dateExists(text) ? { value: text, mark: 'date' } : undefined;
  if (sexagesimalInteger.test(text)) return { value: parseSexagesimal(text) };
  if (sexagesimalFloat.test(text)) return whole(parseSexagesimal(text));
  if (special.test(text)) return { value: parseSpecial(text) };
  const match = timestamp.exec(text);
  return match ? resolveTimestamp(match) : { value: text };
}

function whole(value: number): Scalar {
  return { value, mark: Number.isInteger(value) ? 'float' : undefined };
}

/** The integer that the text of a YAML 1.1 integer names; digits as text where it is too large for a number. */
export function parseInteger(text: string): Json {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  const octal = digits.length > 1 && /^0[0-7]/.test(digits);
  const magnitude = BigInt(octal ? `0o${digits.slice(1)}` : digits === '' ? '0' : digits);
  const value = negative ? -magnitude : magnitude;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function parseSexagesimal(text: string): number {
  const negative = text.startsWith('-');
  const parts = text.replace(/^[-+]/, '').replaceAll('_', '').split(':');
  const value = parts.reduce((sum, part) => sum * 60 + Number(part), 0);
  return negative ? -value : value;
}

function parseSpecial(text: string): number {
  if (text.toLowerCase() === '.nan') return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function dateExists(iso: string): boolean {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && !iso.startsWith('0000') && new Date(time).toISOString().startsWith(iso);
}

function resolveTimestamp(match: RegExpExecArray): Scalar | undefined {
  const [, year, month, day, hour, minute, second, fraction, zulu, sign, zoneHour, zoneMinute] = match;
  const two = (digits: string | undefined): string => (digits ?? '0').padStart(2, '0');
  const iso = `${year}-${two(month)}-${two(day)}`;
  if (!dateExists(iso) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const micros = fraction ? fraction.slice(0, 6).padEnd(6, '0') : '';
  const parts = Number(micros) > 0 ? `.${micros}` : '';
  const zone = zulu ? '+00:00' : sign ? `${sign}${two(zoneHour)}:${two(zoneMinute)}` : '';
  return { value: `${iso}T${two(hour)}:${minute}:${second}${parts}${zone}`, mark: 'date' };
}
