import type { Json, JsonObject } from '../../core/index.ts';

/** As much of an entry of selectors.yml as the manifest repeats. */
export interface WrittenSelector {
  readonly name: string;
  readonly description: string | null;
  readonly default?: boolean | string | undefined;
  readonly definition: Json;
}

/**
 * The selectors as `manifest.json` shows them: every criterion spelled out as method and value, other selectors that are
 * named replaced by what they say.
 */
export function selectorDefinitions(selectors: ReadonlyMap<string, WrittenSelector>): JsonObject {
  const shown: Record<string, JsonObject> = {};
  for (const selector of selectors.values()) {
    shown[selector.name] = {
      name: selector.name,
      ...(selector.description === null ? {} : { description: selector.description }),
      ...(selector.default === undefined ? {} : { default: selector.default }),
      definition: expand(selector.definition, shown),
    };
  }
  return shown;
}

type Known = Readonly<Record<string, JsonObject>>;

function expand(definition: Json, known: Known): Json {
  if (typeof definition === 'string') return criterion(definition);
  if (definition === null || typeof definition !== 'object' || Array.isArray(definition)) return definition;
  const mapping = definition as JsonObject;
  for (const operator of ['union', 'intersection']) {
    const parts = mapping[operator];
    if (Array.isArray(parts)) return { [operator]: parts.map((part: Json) => expand(part, known)) };
  }
  return expandMapping(mapping, known);
}

function expandMapping(mapping: JsonObject, known: Known): Json {
  const [key = '', first = null] = Object.entries(mapping)[0] ?? [];
  const value = Array.isArray(first) ? first.map((part: Json) => expand(part, known)) : first;
  if (key === 'exclude') return { exclude: value };
  if (Object.keys(mapping).length === 1) return { method: key, value };
  if (mapping.method === 'selector' && typeof mapping.value === 'string') {
    return known[mapping.value]?.definition ?? mapping;
  }
  return mapping;
}

const criterionForm =
  /^(?<at>@)?(?<parents>(?<parentsDepth>\d*)\+)?((?<method>[\w.]+):)?(?<value>.*?)(?<children>\+(?<childrenDepth>\d*))?$/s;

function criterion(text: string): Json {
  const parts = criterionForm.exec(text)?.groups ?? {};
  const value = parts.value ?? text;
  return {
    method: parts.method ?? defaultMethod(value),
    value,
    ...(parts.at ? { childrens_parents: true } : {}),
    ...(parts.parents ? { parents: true } : {}),
    ...(parts.parentsDepth ? { parents_depth: parts.parentsDepth } : {}),
    ...(parts.children ? { children: true } : {}),
    ...(parts.childrenDepth ? { children_depth: parts.childrenDepth } : {}),
  };
}

/** A name alone: what looks like a file or a folder is one. */
function defaultMethod(value: string): string {
  if (/[\\/]/.test(value)) return 'path';
  return /\.(sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}
