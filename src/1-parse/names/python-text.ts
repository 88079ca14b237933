import { isMarkedFloat, type Json, type JsonObject } from '../../core/index.ts';
import { Float, str } from '../../jinja/index.ts';

/** Data as Python's `str()` writes it: names of tests are made of it. */
export function pythonText(value: Json): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** Data as Python's `repr()` writes it: hashes of tests, and the settings in a test's code, are made of it. */
export function pythonRepr(value: Json): string {
  if (typeof value === 'string') return reprText(value);
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : str(new Float(value));
  if (Array.isArray(value)) return `[${value.map((_, index) => reprMember(value, index)).join(', ')}]`;
  const members = Object.keys(value).map((key) => `${reprText(key)}: ${reprMember(value, key)}`);
  return `{${members.join(', ')}}`;
}

function reprMember(container: JsonObject | readonly Json[], key: string | number): string {
  const value = (container as JsonObject)[key] as Json;
  return typeof value === 'string' ? reprText(value) : pythonMember(container, key);
}

/** A member of a list or mapping as Python's `str()` writes it, a float with its fraction. */
export function pythonMember(container: JsonObject | readonly Json[], key: string | number): string {
  const value = (container as JsonObject)[key] as Json;
  return typeof value === 'number' && isMarkedFloat(container, key) ? str(new Float(value)) : pythonText(value);
}

const plain = /^[ -&(-[\]-~]*$/;
const shortEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/** What Python takes for unprintable, beyond ASCII: separators, controls, unassigned. */
const unprintable = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** A text in Python's quotes. */
export function reprText(text: string): string {
  if (plain.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(unprintable, (character) => shortEscapes[character] ?? escapeCode(character));
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function escapeCode(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}
