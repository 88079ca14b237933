import type { Json, JsonObject } from '../../core/index.ts';
import type { YamlPath } from '../yaml/index.ts';
import type { ReadContext } from './context.ts';
import type { Range, SectionName } from './facts.ts';

const laterTexts = new Set(['tests', 'data_tests', 'description', 'loaded_at_query']);
const laterHooks = new Set(['pre_hook', 'post_hook', 'pre-hook', 'post-hook', 'loaded_at_query']);

/**
 * Whether a value of an entry stays a template until later, as in dbt: descriptions are rendered with the docs blocks at
 * hand, tests when they are made, hooks when they run.
 */
export function staysTemplate(section: SectionName, path: YamlPath): boolean {
  if (section === 'sources') {
    if (path[0] === 'description' || path[0] === 'loaded_at_query') return true;
    if (path[0] === 'config' && path[1] === 'loaded_at_query') return true;
    return path[0] === 'tables' && staysInEntry(path.slice(2));
  }
  // Conditions are for whoever asks for the metric.
  if (section === 'metrics' && (path.at(-1) === 'filter' || path.at(-2) === 'filter')) return true;
  if (section === 'saved_queries' && path[0] === 'query_params' && path[1] === 'where') return true;
  if ((section === 'macros' || section === 'functions') && path[0] === 'arguments') return staysInEntry(path.slice(1));
  return staysInEntry(path);
}

function staysInEntry(path: YamlPath): boolean {
  const [first, second, third] = path;
  const is = (step: string | number | undefined): boolean => typeof step === 'string' && laterTexts.has(step);
  if (is(first)) return true;
  if (path.length === 2 && is(second)) return true;
  if (first === 'config' && typeof second === 'string' && laterHooks.has(second)) return true;
  if (first === 'config' && second === 'partitions' && path.at(-1) === 'query') return true;
  if (path.length === 5 && path[4] === 'description') return true;
  const nested = first === 'columns' || first === 'dimensions' || first === 'measures' || first === 'entities';
  return nested && is(third);
}

/** Whether templates stand in an entry that have to be rendered before it is read. */
export function hasTemplates(section: SectionName, entry: JsonObject): boolean {
  return anyTemplate(section, entry, []);
}

function anyTemplate(section: SectionName, value: Json, path: (string | number)[]): boolean {
  if (typeof value === 'string') return isTemplate(value) && !staysTemplate(section, path);
  if (value === null || typeof value !== 'object') return false;
  for (const key in value) {
    const item = (value as JsonObject)[key] as Json;
    if (item === null || typeof item === 'number' || typeof item === 'boolean') continue;
    if (typeof item === 'string' && !isTemplate(item)) continue;
    path.push(Array.isArray(value) ? Number(key) : key);
    const found = anyTemplate(section, item, path);
    path.pop();
    if (found) return true;
  }
  return false;
}

/**
 * Takes the line break off the end of all texts that dbt renders, since rendering does so even where there is no
 * template. Changes the entry: it was just read.
 */
export function dropLineBreaks(section: SectionName, entry: JsonObject): void {
  const visit = (value: Json & object, path: (string | number)[]): void => {
    for (const key in value) {
      const item = (value as JsonObject)[key] as Json;
      if (typeof item === 'string') {
        if (!item.endsWith('\n') || isTemplate(item) || staysTemplate(section, [...path, key])) continue;
        (value as Record<string, Json>)[key] = item.slice(0, -1);
      } else if (item !== null && typeof item === 'object') {
        path.push(Array.isArray(value) ? Number(key) : key);
        visit(item, path);
        path.pop();
      }
    }
  };
  visit(entry, []);
}

export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#');
}

/** Where the tests of an entry stand, and a source's tables, by path: kept for when the entry is read again. */
export function testRanges(
  context: ReadContext,
  section: SectionName,
  entry: JsonObject,
  path: YamlPath,
): Readonly<Record<string, Range>> {
  const ranges: Record<string, Range> = {};
  const visit = (value: Json, at: YamlPath): void => {
    if (value === null || typeof value !== 'object') return;
    const last = at.at(-1);
    if (Array.isArray(value)) {
      const kept = last === 'tests' || last === 'data_tests' || (section === 'sources' && last === 'tables');
      for (const [index, item] of (value as readonly Json[]).entries()) {
        if (kept) ranges[[...at, index].join('/')] = context.rangeOf(value, index, [...at, index]);
        if (last !== 'tests' && last !== 'data_tests') visit(item, [...at, index]);
      }
      return;
    }
    for (const [key, item] of Object.entries(value)) visit(item, [...at, key]);
  };
  visit(entry, path);
  return ranges;
}
