import type { Relation } from './relation.ts';
import type { Statements } from './statements.ts';

const staged = '__ingot_staged';
const preview = '__ingot_preview';
const quarantine = '__ingot_quarantine_';

/** The run that stages something. Only a plan's has no id: what is known when it runs is no part of a plan. */
export interface StagingRun {
  readonly invocationId: string;
  readonly startedAt: Date;
}

/**
 * Where the new data of a target stands until it is published: by the run that makes it, so that of two that build the same
 * target each publishes what it has tested itself.
 *
 * @param part tells the data of several partitions apart. Default: it is the data of the whole target.
 */
export function stagedRelation(target: Relation, type: 'table' | 'view', run: StagingRun, part?: string): Relation {
  return { ...target, identifier: `${target.identifier}${staged}${labelOf(run)}${suffixOf(part)}`, type };
}

/** Where a target can be read as it will be once the rows that a run has staged are in it. */
export function previewRelation(target: Relation, run: StagingRun, part?: string): Relation {
  return { ...target, identifier: `${target.identifier}${preview}${labelOf(run)}${suffixOf(part)}`, type: 'view' };
}

/** `_202403311200_1f0c9a7e`: when a run began, in UTC, and the beginning of its id. */
function labelOf({ invocationId, startedAt }: StagingRun): string {
  if (invocationId === '') return '';
  const minute = startedAt.toISOString().slice(0, 16).replaceAll(/\D/g, '');
  return `_${minute}_${runLabel(invocationId)}`;
}

/** A statement as a plan has it, and as it is the same in all runs: names of what is staged do not say by which. */
export const withoutRun = (sql: string): string =>
  sql.includes('__ingot_') ? sql.replaceAll(/(?<=__ingot_(?:staged|preview))_\d{12}_[0-9a-f]{8}/gi, '') : sql;

/** The beginning of a run's id, by which names tell it from others. */
export const runLabel = (invocationId: string): string => invocationId.replaceAll('-', '').slice(0, 8);

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

/** By which run something was staged, as its name says. */
export interface StagedBy {
  /** As `runLabel` gives it. Undefined where an earlier version of Ingot has staged it. */
  readonly run: string | undefined;
  /** When the run began, in milliseconds since 1970; 0 where nobody knows. */
  readonly since: number;
}

const stagedName = /.__ingot_(?:staged|preview)(?:_(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)_([0-9a-f]{8}))?(?:_[0-9a-f]{16})?$/i;

/** Undefined for what was not staged. */
export function stagedBy({ identifier }: Relation): StagedBy | undefined {
  const found = stagedName.exec(identifier ?? '');
  if (!found) return undefined;
  const run = found[6]?.toLowerCase();
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1, 6).map(Number);
  return { run, since: run === undefined ? 0 : Date.UTC(year, month - 1, day, hour, minute) };
}

/** Where data that failed its tests is kept, by the run that made it. */
export function quarantineRelation(target: Relation, runId: string, part?: string): Relation {
  return {
    ...target,
    identifier: `${target.identifier}${quarantine}${runLabel(runId)}${suffixOf(part)}`,
    type: 'table',
  };
}

/** An expression for the name of the target whose own name, or that of a table in quarantine, an expression gives. */
export function targetNameIn(expression: string, { expressions, literal }: Statements): string {
  return expressions.splitPart(expression, literal(quarantine), '1');
}

/** The name of the target whose own name, or that of a table in quarantine, is given. */
export const targetNameOf = (name: string): string => name.split(quarantine, 1)[0] ?? name;

/** Whether data that failed its tests is kept in a table. */
export const isInQuarantine = ({ identifier }: Relation): boolean =>
  identifier?.toLowerCase().includes(quarantine) === true;

/** What dbt, or a build of Ingot outside of `stagedRelation`, may leave beside a target when it dies. */
export function leftoverNames(target: Relation): readonly Relation[] {
  return ['__dbt_tmp', '__dbt_backup'].map((suffix) => ({ ...target, identifier: `${target.identifier}${suffix}` }));
}

/**
 * Where data of a target stands that a run has staged.
 *
 * @param part as for `stagedRelation`.
 */
export function stagingNames(target: Relation, run: StagingRun, part?: string): readonly Relation[] {
  return [stagedRelation(target, 'table', run, part), previewRelation(target, run, part)];
}
