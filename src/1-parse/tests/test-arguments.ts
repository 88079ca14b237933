import { type Json, type JsonObject, jsonToValue, memberToValue } from '../../core/index.ts';
import { Dict, renderNative, type Scope, type Value } from '../../jinja/index.ts';
import type { CapturedRef, CapturedSource } from '../sql/captured.ts';
import { staticCalls } from '../sql/static-calls.ts';

const looksLikeCall = /^\s*(?:env_var|ref|var|source|doc)\s*\(.+\)\s*$/;

/** A text argument of a generic test as a template: `ref('x')` may be written without braces. */
function templateOf(value: string, path: readonly string[]): string | undefined {
  if (path.length === 1 && path[0] === 'column_name') return undefined;
  if (looksLikeCall.test(value)) return `{{ ${value} }}`;
  return /\{[{%#]/.test(value) ? value : undefined;
}

/** What the arguments of a test refer to. */
export interface StaticArguments {
  readonly refs: readonly CapturedRef[];
  readonly sources: readonly CapturedSource[];
}

const nothing: StaticArguments = { refs: [], sources: [] };

/**
 * Reads off what arguments refer to. Undefined where templates stand in them that are no plain `ref()` or `source()`:
 * then they have to be rendered.
 */
export function staticArguments(
  kwargs: JsonObject,
  file: string,
  range: readonly [number, number],
): StaticArguments | undefined {
  let found: { refs: CapturedRef[]; sources: CapturedSource[] } | undefined;
  const span = { file, start: range[0], end: range[1] };
  const visit = (value: Json, path: readonly string[]): boolean => {
    if (typeof value === 'string') {
      const template = templateOf(value, path);
      if (template === undefined) return true;
      const calls = staticCalls(template, file);
      if (calls === undefined || calls.config !== undefined) return false;
      found ??= { refs: [], sources: [] };
      found.refs.push(...calls.refs.map((ref) => ({ ...ref, span })));
      found.sources.push(...calls.sources.map((source) => ({ ...source, span })));
      return true;
    }
    if (value === null || typeof value !== 'object') return true;
    for (const key in value) if (!visit((value as JsonObject)[key] as Json, [...path, key])) return false;
    return true;
  };
  for (const key in kwargs) {
    const value = kwargs[key] as Json;
    if (typeof value === 'string' && key === 'column_name') continue;
    if ((typeof value === 'string' || typeof value === 'object') && !visit(value, [key])) return undefined;
  }
  return found ?? nothing;
}

/**
 * The arguments of a generic test with their templates rendered, as its macro gets them: lists and mappings inside are
 * kept, `ref('x')` becomes a relation.
 *
 * @param kwargs `test_metadata.kwargs` of the node.
 * @throws TemplateError
 */
export function resolveTestArguments(kwargs: JsonObject, scope: Scope, file?: string): Dict {
  const render = (value: Json, path: readonly string[]): Value => {
    if (typeof value === 'string') {
      const template = templateOf(value, path);
      return template === undefined ? value : renderNative(template, { scope, file, lenient: true });
    }
    if (value === null || typeof value !== 'object') return jsonToValue(value);
    const member = (key: string | number, item: Json): Value =>
      typeof item === 'number' ? memberToValue(value, key) : render(item, [...path, String(key)]);
    if (Array.isArray(value)) return value.map((item, index) => member(index, item as Json));
    return Dict.of(Object.entries(value).map(([key, item]) => [key, member(key, item as Json)] as const));
  };
  return render(kwargs, []) as Dict;
}
