import type { Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
import { EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import { type Json, type Mark, markMember, parseInteger, resolvePlain } from '../../core/index.ts';
import { scalarRange, startOf } from './event-place.ts';

/** A problem found while values were built, at an offset of the text. */
export interface BuildProblem {
  readonly kind: 'duplicate-key' | 'bad-key' | 'bad-date' | 'unknown-tag' | 'unknown-anchor' | 'bad-merge';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface Built {
  readonly value: Json;
  readonly problems: readonly BuildProblem[];
  /** Offset where each mapping and list starts. */
  readonly starts: ReadonlyMap<object, number>;
  /** For each list, the offsets where its items start. */
  readonly itemStarts: ReadonlyMap<object, readonly number[]>;
  /** Mappings and lists with marks. */
  readonly marked: readonly object[];
  /** For each mapping with keys that are no texts, the first of them. */
  readonly otherKeys: ReadonlyMap<object, string>;
}

interface Builder {
  readonly text: string;
  /** Where the text ends but for white space. */
  readonly textEnd: number;
  readonly events: readonly Event[];
  at: number;
  readonly anchors: Map<string, Json>;
  readonly problems: BuildProblem[];
  readonly starts: Map<object, number>;
  readonly itemStarts: Map<object, number[]>;
  readonly marksDates: boolean;
  readonly marked: object[];
  readonly otherKeys: Map<object, string>;
  /** What Python makes of the scalar just built, where its JSON does not tell. */
  mark: Mark | undefined;
}

type MutableObject = Record<string, Json>;

/**
 * Builds the value of the first document from the parser's events, with PyYAML's rules.
 *
 * @param marksDates whether members that are dates or timestamps are marked as such.
 */
export function buildValue(text: string, events: readonly Event[], marksDates: boolean): Built {
  const builder: Builder = {
    text,
    textEnd: text.trimEnd().length,
    events,
    at: 1,
    anchors: new Map(),
    problems: [],
    starts: new Map(),
    itemStarts: new Map(),
    marksDates,
    marked: [],
    otherKeys: new Map(),
    mark: undefined,
  };
  const first = events[1];
  const value = first === undefined || first.type === EVENT_ID.POP ? null : build(builder);
  return {
    value,
    problems: builder.problems,
    starts: builder.starts,
    itemStarts: builder.itemStarts,
    marked: builder.marked,
    otherKeys: builder.otherKeys,
  };
}

function build(builder: Builder): Json {
  const event = builder.events[builder.at] as Event;
  builder.at += 1;
  builder.mark = undefined;
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return keepAnchor(builder, event, buildScalar(builder, event));
    case EVENT_ID.SEQUENCE:
      return buildList(builder, event);
    case EVENT_ID.MAPPING:
      return buildMapping(builder, event);
    case EVENT_ID.ALIAS:
      return resolveAlias(builder, event.anchorStart, event.anchorEnd);
    default:
      throw new Error('the YAML parser closed a collection too early');
  }
}

function buildList(builder: Builder, event: SequenceEvent): Json {
  const list: Json[] = [];
  const itemStarts: number[] = [];
  keepAnchor(builder, event, list);
  builder.starts.set(list, event.start);
  builder.itemStarts.set(list, itemStarts);
  checkTag(builder, event, event.start, 'seq');
  for (let next = builder.events[builder.at]; next && next.type !== EVENT_ID.POP; next = builder.events[builder.at]) {
    itemStarts.push(startOf(next));
    list.push(build(builder));
    keepMark(builder, list, list.length - 1);
  }
  builder.at += 1;
  builder.mark = undefined;
  return list;
}

function keepMark({ mark, marked }: Builder, container: object, key: string | number): void {
  if (mark === undefined) return;
  markMember(container, key, mark);
  marked.push(container);
}

function buildMapping(builder: Builder, event: MappingEvent): Json {
  const object: MutableObject = {};
  keepAnchor(builder, event, object);
  builder.starts.set(object, event.start);
  checkTag(builder, event, event.start, 'map');
  let merged: Json[] | undefined;
  for (let next = builder.events[builder.at]; next && next.type !== EVENT_ID.POP; next = builder.events[builder.at]) {
    const key = buildKey(builder, next, object);
    const value = build(builder);
    if (key === undefined) continue;
    if (key === '<<' && isMergeKey(next)) {
      merged ??= [];
      merged.push(...mergeSources(builder, value, next));
      continue;
    }
    if (key in object && Object.hasOwn(object, key)) {
      const [start, end] = scalarRange(next as ScalarEvent);
      builder.problems.push({ kind: 'duplicate-key', message: `The key '${key}' stands here twice`, start, end });
    }
    assign(object, key, value);
    keepMark(builder, object, key);
  }
  builder.at += 1;
  builder.mark = undefined;
  if (merged) putMergedFirst(object, merged);
  return object;
}

/** Keys that are merged in come before the mapping's own in PyYAML, and lose against them; earlier sources win. */
function putMergedFirst(object: MutableObject, sources: readonly Json[]): void {
  const own = Object.entries(object);
  for (const [key] of own) delete object[key];
  for (const source of [...sources].reverse()) {
    for (const [key, value] of Object.entries(source as MutableObject)) assign(object, key, value);
  }
  for (const [key, value] of own) assign(object, key, value);
}

function mergeSources(builder: Builder, value: Json, key: Event): readonly Json[] {
  const sources = Array.isArray(value) ? (value as readonly Json[]) : [value];
  const mappings = sources.filter((source) => source !== null && typeof source === 'object' && !Array.isArray(source));
  if (mappings.length < sources.length) {
    const start = startOf(key);
    const message = "'<<' takes a mapping, or a list of mappings";
    builder.problems.push({ kind: 'bad-merge', message, start, end: start + 2 });
  }
  return mappings;
}

function isMergeKey(event: Event): boolean {
  return event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN;
}

function assign(object: MutableObject, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
}

function buildKey(builder: Builder, event: Event, mapping: object): string | undefined {
  const key = build(builder);
  const isScalar = key === null || typeof key !== 'object';
  if (isScalar && (typeof key !== 'string' || builder.mark) && !builder.otherKeys.has(mapping)) {
    builder.otherKeys.set(mapping, String(key));
  }
  // As Python's json module writes keys.
  if (isScalar) return String(key);
  const start = startOf(event);
  if (builder.text.startsWith('{{', start - 1)) {
    const close = builder.text.indexOf('}}', start);
    const message = "A template at the start of a value has to be quoted, since '{' starts a mapping in YAML";
    builder.problems.push({ kind: 'bad-key', message, start: start - 1, end: close < 0 ? start + 1 : close + 2 });
  } else {
    const message = 'A mapping or a list cannot be a key';
    builder.problems.push({ kind: 'bad-key', message, start, end: start + 1 });
  }
  return undefined;
}

function buildScalar(builder: Builder, event: ScalarEvent): Json {
  const text =
    event.fast && event.style === SCALAR_STYLE.PLAIN && event.valueStart >= 0
      ? builder.text.slice(event.valueStart, event.valueEnd)
      : getScalarValue(builder.text, event);
  if (event.tagStart >= 0) return buildTagged(builder, event, text);
  if (isBlock(event)) return event.valueEnd < builder.textEnd ? text : text.trimEnd();
  if (event.style !== SCALAR_STYLE.PLAIN) return text;
  const scalar = resolvePlain(text);
  if (scalar === undefined) {
    builder.problems.push({
      kind: 'bad-date',
      message: `'${text}' looks like a date, but there is no such day or time`,
      start: event.valueStart,
      end: event.valueEnd,
    });
    return text;
  }
  if (scalar.mark !== 'date' || builder.marksDates) builder.mark = scalar.mark;
  return scalar.value;
}

/** dbt strips a file before it reads it: a block at its end has no line break to keep. */
function isBlock({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}

function buildTagged(builder: Builder, event: ScalarEvent, text: string): Json {
  const tag = builder.text.slice(event.tagStart, event.tagEnd).replace(/^!<(.*)>$/, '$1');
  switch (tag.replace(/^(?:!!|tag:yaml\.org,2002:)/, '')) {
    case 'str':
    case '!':
    case 'binary':
      return text;
    case 'int':
      return /^[-+]?[0-9a-fxA-F_]+$/.test(text) ? parseInteger(text) : text;
    case 'float':
      if (Number.isInteger(Number(text))) builder.mark = 'float';
      return Number(text.replaceAll('_', ''));
    case 'null':
      return null;
    case 'bool':
    case 'timestamp':
      return resolvePlain(text)?.value ?? text;
    default:
      unknownTag(builder, tag, event.tagStart, event.tagEnd);
      return text;
  }
}

function checkTag(builder: Builder, event: SequenceEvent | MappingEvent, start: number, kind: 'seq' | 'map'): void {
  if (event.tagStart < 0) return;
  const tag = builder.text.slice(event.tagStart, event.tagEnd);
  const known =
    tag === '!' || tag === `!!${kind}` || tag === `!<tag:yaml.org,2002:${kind}>` || (kind === 'map' && tag === '!!set');
  if (!known) unknownTag(builder, tag, Math.min(start, event.tagStart), event.tagEnd);
}

function unknownTag(builder: Builder, tag: string, start: number, end: number): void {
  builder.problems.push({ kind: 'unknown-tag', message: `The tag '${tag}' has no meaning here`, start, end });
}

function keepAnchor(builder: Builder, event: { anchorStart: number; anchorEnd: number }, value: Json): Json {
  if (event.anchorStart >= 0) builder.anchors.set(builder.text.slice(event.anchorStart, event.anchorEnd), value);
  return value;
}

function resolveAlias(builder: Builder, start: number, end: number): Json {
  const name = builder.text.slice(start, end);
  const value = builder.anchors.get(name);
  if (value !== undefined) return value;
  builder.problems.push({ kind: 'unknown-anchor', message: `No anchor '&${name}' stands above`, start, end });
  return null;
}
