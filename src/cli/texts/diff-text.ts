import { type ColumnDifference, isSameData, type RowDifference } from '../../core/index.ts';
import type { DiffAnswer } from '../engine/diff.ts';
import { count, countOf, percent } from './amounts.ts';

/** How two sets of rows differ, for people. */
export function diffText(answer: DiffAnswer): string {
  const { name, partitions, before, after, difference } = answer;
  const { rows, key, added, removed, changed, repeated, compared, sample, values } = difference;
  const what = partitions === '' ? name : `${name}[${partitions}]`;
  const matched = key.length > 0 ? `rows matched by ${key.join(', ')}` : 'no key: whole rows are compared';
  const lines = [
    `${what}: ${before} → ${after}`,
    `  ${count(rows.before)} → ${count(rows.after)} rows; ${matched}`,
    ...columnLines(difference.columns),
  ];
  if (isSameData(difference)) return [...lines, '  No difference'].join('\n');
  if (sample) {
    lines.push(
      `  ${count(sample.of)} rows are in parts that differ: a sample of ${count(sample.rows)} of them was compared, and the counts are of this sample`,
    );
  }
  lines.push(
    ...rowLine('+', 'added', added, added.after - added.before),
    ...rowLine('-', 'removed', removed, removed.before - removed.after),
    ...rowLine('~', 'changed', changed, changed.keys, compared),
    ...repeatedLine(repeated),
    ...values.flatMap((column) => valueLines(column, compared)),
  );
  return lines.join('\n');
}

/** The same for scripts. */
export function diffJson({ name, partitions, before, after, difference }: DiffAnswer): string {
  return JSON.stringify({ name, partitions, before, after, same: isSameData(difference), ...difference }, null, 2);
}

function columnLines({ added, removed, retyped }: DiffAnswer['difference']['columns']): readonly string[] {
  return [
    ...added.map(({ name, type }) => `  + column ${name} ${type}`),
    ...removed.map(({ name, type }) => `  - column ${name} ${type}`),
    ...retyped.map(({ name, before, after }) => `  ~ column ${name} ${before} → ${after}`),
  ];
}

function rowLine(
  mark: string,
  word: string,
  { examples }: RowDifference,
  amount: number,
  of?: number,
): readonly string[] {
  if (amount === 0) return [];
  const share = of === undefined ? '' : ` of ${count(of)} (${percent(amount, of)})`;
  return [`  ${mark} ${rowsText(amount)}${share} ${word}${forExample(examples)}`];
}

function repeatedLine({ keys, before, after, examples }: RowDifference): readonly string[] {
  if (keys === 0) return [];
  const what = keys === 1 ? '1 key that is not unique' : `${count(keys)} keys that are not unique`;
  return [`  ! ${what}, with ${count(before)} → ${rowsText(after)}: not compared by column${forExample(examples)}`];
}

function valueLines({ name, changed, examples }: ColumnDifference, compared: number): readonly string[] {
  if (changed === 0) return [];
  return [
    `  ~ ${name}: ${rowsText(changed)} (${percent(changed, compared)})`,
    ...examples.map(({ key, before, after }) => `      ${key}: ${before ?? 'null'} → ${after ?? 'null'}`),
  ];
}

const rowsText = (amount: number): string => countOf(amount, 'row');
const forExample = (examples: readonly string[]): string =>
  examples.length === 0 ? '' : `, for example ${examples.join('; ')}`;
