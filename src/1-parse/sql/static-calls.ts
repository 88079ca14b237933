import type { Json, JsonObject } from '../../core/index.ts';
import { mergeConfigCall } from '../config/merge.ts';
import type { Captured, CapturedRef, CapturedSource } from './captured.ts';

/**
 * What a template calls, where that can be read off it: nothing in it but text, comments, and `ref()`, `source()` and
 * `config()` with literal arguments. Most models are like this, and reading them so is many times faster than parsing
 * and rendering them. Undefined: the template has to be rendered (or has a mistake that rendering will find).
 *
 * @param start where the template starts in `text`, `end` where it ends.
 */
export function staticCalls(text: string, file: string, start = 0, end: number = text.length): Captured | undefined {
  const reader: Reader = { text, at: start, end };
  const refs: CapturedRef[] = [];
  const sources: CapturedSource[] = [];
  let config: JsonObject | undefined;
  let configSpan: Captured['configSpan'];
  for (;;) {
    const open = nextTag(reader);
    if (open === 'none') break;
    if (open === 'statement') return undefined;
    if (open === 'comment') {
      const close = text.indexOf('#}', reader.at + 2);
      if (close < 0 || close + 2 > end) return undefined;
      reader.at = close + 2;
      continue;
    }
    const call = readCall(reader);
    if (call === undefined) return undefined;
    const span = { file, start: call.start, end: call.end };
    const [first, second] = call.args;
    if (call.name === 'ref') {
      const ref = refOf(call, span);
      if (ref === undefined) return undefined;
      refs.push(ref);
    } else if (call.name === 'source') {
      const literal = typeof first === 'string' && typeof second === 'string';
      if (!literal || call.args.length !== 2 || call.named.size > 0) return undefined;
      // As dbt: read off the text they are a set, called while rendering a list.
      const isKnown = sources.some(({ source, table }) => source === first && table === second);
      if (!isKnown) sources.push({ source: first, table: second, span });
    } else {
      if (call.args.length > 0 || call.named.size === 0) return undefined;
      config = mergeConfigCall(config, Object.fromEntries(call.named));
      configSpan ??= span;
    }
  }
  return { refs, sources, macros: [], config, configSpan };
}

interface Reader {
  readonly text: string;
  readonly end: number;
  at: number;
}

interface Call {
  readonly name: 'ref' | 'source' | 'config';
  readonly args: readonly Json[];
  readonly named: ReadonlyMap<string, Json>;
  readonly start: number;
  readonly end: number;
}

function nextTag(reader: Reader): 'expression' | 'statement' | 'comment' | 'none' {
  const { text, end } = reader;
  for (let at = text.indexOf('{', reader.at); at >= 0 && at + 1 < end; at = text.indexOf('{', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next !== 123 && next !== 37 && next !== 35) continue;
    reader.at = at;
    return next === 123 ? 'expression' : next === 37 ? 'statement' : 'comment';
  }
  reader.at = end;
  return 'none';
}

const callStart = /\{\{[-+]?\s*(ref|source|config)(\s*\()/y;
const callEnd = /\s*[-+]?\}\}/y;

function readCall(reader: Reader): Call | undefined {
  callStart.lastIndex = reader.at;
  const match = callStart.exec(reader.text);
  const name = match?.[1] as Call['name'] | undefined;
  if (match === null || name === undefined) return undefined;
  reader.at = callStart.lastIndex;
  const start = reader.at - name.length - (match[2] ?? '').length;
  const args: Json[] = [];
  const named = new Map<string, Json>();
  if (!readArguments(reader, args, named)) return undefined;
  const end = reader.at;
  callEnd.lastIndex = reader.at;
  if (!callEnd.test(reader.text) || callEnd.lastIndex > reader.end) return undefined;
  reader.at = callEnd.lastIndex;
  return { name, args, named, start, end };
}

const argumentName = /\s*([A-Za-z_]\w*)\s*=(?!=)/y;

function readArguments(reader: Reader, args: Json[], named: Map<string, Json>): boolean {
  if (accept(reader, ')')) return true;
  for (;;) {
    argumentName.lastIndex = reader.at;
    const name = argumentName.exec(reader.text)?.[1];
    if (name !== undefined) reader.at = argumentName.lastIndex;
    const value = readLiteral(reader);
    if (value === undefined) return false;
    if (name === undefined) {
      if (named.size > 0) return false;
      args.push(value);
    } else {
      if (named.has(name)) return false;
      named.set(name, value);
    }
    if (accept(reader, ')')) return true;
    if (!accept(reader, ',')) return false;
    if (accept(reader, ')')) return true;
  }
}

const blanks = /\s*/y;

function accept(reader: Reader, character: string): boolean {
  blanks.lastIndex = reader.at;
  blanks.test(reader.text);
  if (reader.text[blanks.lastIndex] !== character) return false;
  reader.at = blanks.lastIndex + 1;
  return true;
}

// A string without escapes, and with nothing behind it that would continue it.
const literal =
  /\s*(?:'([^'\\\n]*)'|"([^"\\\n]*)"|(-?(?:0|[1-9]\d{0,14}))(?![\w.])|(true|True|false|False|none|None)(?!\w)|([[{]))/y;
const words: Readonly<Record<string, Json>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

function readLiteral(reader: Reader): Json | undefined {
  literal.lastIndex = reader.at;
  const match = literal.exec(reader.text);
  if (match === null) return undefined;
  reader.at = literal.lastIndex;
  const [, single, double, integer, word, bracket] = match;
  if (single !== undefined) return single;
  if (double !== undefined) return double;
  if (integer !== undefined) return Number(integer);
  if (word !== undefined) return words[word];
  return bracket === '[' ? readList(reader) : readMapping(reader);
}

function readList(reader: Reader): Json | undefined {
  const list: Json[] = [];
  while (!accept(reader, ']')) {
    if (list.length > 0 && !accept(reader, ',')) return undefined;
    if (list.length > 0 && accept(reader, ']')) break;
    const value = readLiteral(reader);
    if (value === undefined) return undefined;
    list.push(value);
  }
  return list;
}

function readMapping(reader: Reader): Json | undefined {
  const mapping: Record<string, Json> = {};
  let first = true;
  while (!accept(reader, '}')) {
    if (!first && !accept(reader, ',')) return undefined;
    if (!first && accept(reader, '}')) break;
    first = false;
    const key = readLiteral(reader);
    if (typeof key !== 'string' || key === '__proto__' || !accept(reader, ':')) return undefined;
    const value = readLiteral(reader);
    if (value === undefined) return undefined;
    mapping[key] = value;
  }
  return mapping;
}

function refOf(call: Call, span: CapturedRef['span']): CapturedRef | undefined {
  const { args, named } = call;
  if (args.length < 1 || args.length > 2 || !args.every((arg) => typeof arg === 'string')) return undefined;
  for (const name of named.keys()) if (name !== 'version' && name !== 'v') return undefined;
  const version = named.get('version') || (named.get('v') ?? null);
  if (version !== null && typeof version !== 'string' && typeof version !== 'number') return undefined;
  const [first, second] = args as readonly string[];
  if (first === undefined) return undefined;
  return { name: second ?? first, package: second === undefined ? null : first, version, span };
}
