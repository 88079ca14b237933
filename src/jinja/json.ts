import { compareForSort } from './compare.ts';
import { propertyName } from './convert.ts';
import { typeName } from './display.ts';
import { TemplateError } from './errors.ts';
import { floatRepr } from './floats.ts';
import type { Value } from './values.ts';
import { Dict, Float, Tuple } from './values.ts';

/** How `json.dumps` writes. */
export interface JsonOptions {
  /** Spaces (or a text) of one level of indentation. Default: all on one line. */
  readonly indent?: number | string | undefined;
  /** Whether dict keys are sorted. Default: false. */
  readonly sortKeys?: boolean | undefined;
  /** Writes a value that JSON has no form for; undefined fails. */
  readonly fallback?: ((value: Value) => Value | undefined) | undefined;
  /** Between items and after keys. Default: Python's `, ` and `: `. */
  readonly separators?: readonly [string, string] | undefined;
}

/**
 * Python's `json.dumps`: non-ASCII characters escaped, `NaN` and `Infinity` spelled out.
 *
 * @throws TemplateError (TypeError) for what JSON has no form for.
 */
export function dumpJson(value: Value, options: JsonOptions = {}): string {
  const { indent } = options;
  const step = typeof indent === 'number' ? ' '.repeat(indent) : indent;
  const [item, colon] = options.separators ?? [step === undefined ? ', ' : ',', ': '];
  return write(value, { ...options, step, item, colon }, '');
}

interface Writer extends JsonOptions {
  readonly step: string | undefined;
  readonly item: string;
  readonly colon: string;
}

/** A JSON string with everything but ASCII escaped. */
function jsonString(text: string): string {
  return JSON.stringify(text)
    .replace(/[\x7f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('\\u007f', '\x7f');
}

function write(value: Value, writer: Writer, indentation: string): string {
  if (typeof value === 'string') return jsonString(value);
  if (value === null) return 'null';
  if (typeof value !== 'object') return String(value);
  if (value instanceof Float) {
    if (Number.isFinite(value.value)) return floatRepr(value.value);
    return Number.isNaN(value.value) ? 'NaN' : value.value > 0 ? 'Infinity' : '-Infinity';
  }
  const inner = writer.step === undefined ? '' : indentation + writer.step;
  const wrap = (open: string, parts: string[], close: string): string => {
    if (parts.length === 0) return open + close;
    if (writer.step === undefined) return open + parts.join(writer.item) + close;
    return `${open}\n${inner}${parts.join(`${writer.item}\n${inner}`)}\n${indentation}${close}`;
  };
  if (Array.isArray(value))
    return wrap(
      '[',
      value.map((part) => write(part, writer, inner)),
      ']',
    );
  if (value instanceof Tuple)
    return wrap(
      '[',
      value.items.map((part) => write(part, writer, inner)),
      ']',
    );
  if (value instanceof Dict) {
    const pairs = Array.from(value.entries());
    if (writer.sortKeys) pairs.sort(([a], [b]) => compareForSort(a, b));

    return wrap(
      '{',
      pairs.map(([key, part]) => jsonString(propertyName(key)) + writer.colon + write(part, writer, inner)),
      '}',
    );
  }
  const other = writer.fallback?.(value);
  if (other !== undefined) return write(other, writer, indentation);
  throw new TemplateError(`Object of type ${typeName(value)} is not JSON serializable`, 'TypeError');
}
