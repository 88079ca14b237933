import { didYouMeanHint } from '../../diagnostic.ts';
import { isMapping, type Json } from '../../json.ts';
import type { PartitionDefinition } from '../definition.ts';
import { readKey } from '../key.ts';
import { type DimensionRule, overlapMapping, type PartitionMapping } from '../mapping/mapping.ts';
import { matchDimensions } from '../mapping/match-dimensions.ts';
import { nameOf, type PartitionProblem, type Place, placeOf, report, reportUnknownKeys, under } from './problems.ts';

export type MappingReading =
  | { readonly kind: 'mapping'; readonly mapping: PartitionMapping }
  | { readonly kind: 'problems'; readonly problems: readonly PartitionProblem[] };

const words = ['overlap', 'all', 'last'] as const;

/**
 * Reads how a child reads the partitions of a parent:
 *
 * ```yaml
 * overlap                                   # the default; null is the same
 * all
 * last
 * {start: -1, end: 0}                       # counted in the parent's partitions; what is left out is 0
 * {dimensions: {day: {start: -6}, region: all}}
 * {keys: {2024-Q1: [2024-01, 2024-02]}}     # the parent's keys by the child's
 * ```
 */
export function readMapping(config: Json, child: PartitionDefinition, parent: PartitionDefinition): MappingReading {
  const place = placeOf(config);
  const mapping = readAny(place, child, parent);
  if (mapping !== undefined && place.problems.length === 0) return { kind: 'mapping', mapping };
  return { kind: 'problems', problems: place.problems };
}

function readAny(place: Place, child: PartitionDefinition, parent: PartitionDefinition): PartitionMapping | undefined {
  if (place.value === null) return overlapMapping;
  if (isMapping(place.value) && place.value.keys !== undefined) return readKeys(place, child, parent);
  if (isMapping(place.value) && place.value.dimensions !== undefined) return readDimensions(place, child, parent);
  const rule = readRule(place);
  const matches = matchDimensions(child, parent);
  const hasTime = parent.dimensions.some(({ kind }, index) => kind === 'time' && matches[index] !== undefined);
  if (rule?.kind === 'offset' && !hasTime)
    return report(place, 'An offset needs time on both sides', 'Write all, or last');
  return rule;
}

function readRule(place: Place): DimensionRule | undefined {
  const { value } = place;
  if (isMapping(value)) return readShift(place);
  const word = words.find((known) => known === value);
  if (word !== undefined) return { kind: word };
  const hint = typeof value === 'string' ? didYouMeanHint(value, words) : undefined;
  const what = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return report(
    place,
    `There is no partition mapping ${what}`,
    hint ?? `Write ${words.join(', ')}, or {start: -1, end: 0}`,
  );
}

function readShift(place: Place): DimensionRule | undefined {
  reportUnknownKeys(place, place.path.length === 0 ? ['start', 'end', 'dimensions', 'keys'] : ['start', 'end']);
  const [start, end] = [wholeAt(under(place, 'start')), wholeAt(under(place, 'end'))];
  if (start <= end) return { kind: 'offset', start, end };
  return report(place, `'start' (${start}) is after 'end' (${end})`);
}

function wholeAt(place: Place): number {
  const { value = 0 } = place;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  report(place, `${nameOf(place)} has to be a whole number of partitions, not ${JSON.stringify(value)}`);
  return 0;
}

function readDimensions(place: Place, child: PartitionDefinition, parent: PartitionDefinition): PartitionMapping {
  reportUnknownKeys(place, ['dimensions']);
  const list = under(place, 'dimensions');
  if (!isMapping(list.value)) report(list, "'dimensions' has a rule for each of the parent's dimensions");
  reportUnknownKeys(
    list,
    parent.dimensions.map(({ name }) => name),
  );
  const matches = matchDimensions(child, parent);
  const rules: Record<string, DimensionRule> = {};
  for (const [index, { name, kind }] of parent.dimensions.entries()) {
    const at = under(list, name);
    const rule = at.value === undefined ? undefined : readRule(at);
    const canMove = kind === 'time' && matches[index] !== undefined;
    if (rule?.kind === 'offset' && !canMove) report(at, 'An offset needs time on both sides', 'Write all, or last');
    if (rule !== undefined) rules[name] = rule;
  }
  return { kind: 'dimensions', rules };
}

function readKeys(place: Place, child: PartitionDefinition, parent: PartitionDefinition): PartitionMapping {
  reportUnknownKeys(place, ['keys']);
  const list = under(place, 'keys');
  if (!isMapping(list.value))
    report(list, "'keys' lists the parent's keys for each of the child's", 'Write {2024-Q1: [2024-01]}');
  const parents: Record<string, readonly string[]> = {};
  for (const [key, value] of Object.entries(isMapping(list.value) ? list.value : {})) {
    const at = under(list, key);
    const keys = (Array.isArray(value) ? value : [value]).map(String);
    checkKey(at, key, child);
    for (const [index, text] of keys.entries()) checkKey(Array.isArray(value) ? under(at, index) : at, text, parent);
    parents[key] = keys;
  }
  return { kind: 'keys', parents };
}

function checkKey(place: Place, text: string, definition: PartitionDefinition): void {
  const reading = readKey(definition, text);
  if (reading.kind === 'problem') report(place, reading.message, reading.hint);
}
