import type { Relation } from './relation.ts';
import type { Statements } from './statements.ts';

const staged = '__ingot_staged';
const preview = '__ingot_preview';
const quarantine = '__ingot_quarantine_';

/**
 * Where the new data of a target stands until it is published.
 *
 * @param part tells the data of several partitions apart. Default: it is the data of the whole target.
 */
export function stagedRelation(target: Relation, type: 'table' | 'view', part?: string): Relation {
  return { ...target, identifier: `${target.identifier}${staged}${suffixOf(part)}`, type };
}

/** Where a target can be read as it will be once the staged rows are in it. */
export function previewRelation(target: Relation, part?: string): Relation {
  return { ...target, identifier: `${target.identifier}${preview}${suffixOf(part)}`, type: 'view' };
}

/** Keys are too long for names, and hold characters that names do not. */
const suffixOf = (part: string | undefined): string => (part === undefined ? '' : `_${partLabel(part)}`);

/** A short name for a key: FNV-1a in two halves, 16 hexadecimal digits. */
function partLabel(key: string): string {
  let [low, high] = [0x811c9dc5, 0x01000193];
  for (let index = 0; index < key.length; index += 1) {
    low = Math.imul(low ^ key.charCodeAt(index), 0x01000193) >>> 0;
    high = Math.imul(high ^ key.charCodeAt(key.length - 1 - index), 0x01000193) >>> 0;
  }
  return [low, high].map((half) => half.toString(16).padStart(8, '0')).join('');
}

/** Whether a relation holds staged data of some partitions of a target. */
export function isStagedPart(target: Relation, { identifier }: Relation): boolean {
  const name = (identifier ?? '').toLowerCase();
  return [staged, preview].some((suffix) => name.startsWith(`${target.identifier}${suffix}_`.toLowerCase()));
}

/** Whether a relation holds staged data of partitions of whatever target. */
export function isAnyStagedPart({ identifier }: Relation): boolean {
  return [staged, preview].some((suffix) => (identifier ?? '').toLowerCase().includes(`${suffix}_`));
}

/** Where data that failed its tests is kept, by the run that made it. */
export function quarantineRelation(target: Relation, runId: string, part?: string): Relation {
  const run = runId.replaceAll('-', '').slice(0, 8);
  return { ...target, identifier: `${target.identifier}${quarantine}${run}${suffixOf(part)}`, type: 'table' };
}

/** An expression for the name of the target whose own name, or that of a table in quarantine, an expression gives. */
export function targetNameIn(expression: string, { expressions, literal }: Statements): string {
  return expressions.splitPart(expression, literal(quarantine), '1');
}

/** The name of the target whose own name, or that of a table in quarantine, is given. */
export const targetNameOf = (name: string): string => name.split(quarantine, 1)[0] ?? name;

/** What a build that died, or one that others have taken over from, may have left beside its target. */
export function leftoverNames(target: Relation): readonly Relation[] {
  const names = ['__dbt_tmp', '__dbt_backup'].map((suffix) => `${target.identifier}${suffix}`);
  return [...names.map((identifier) => ({ ...target, identifier })), ...stagingNames(target)];
}

/**
 * Where data of a target stands that was staged.
 *
 * @param part as for `stagedRelation`.
 */
export function stagingNames(target: Relation, part?: string): readonly Relation[] {
  return [staged, preview].map((suffix) => ({
    ...target,
    identifier: `${target.identifier}${suffix}${suffixOf(part)}`,
  }));
}
