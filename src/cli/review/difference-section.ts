import {
  type ColumnDifference,
  type DataDifference,
  isSameData,
  type Review,
  type ReviewDifference,
  type RowDifference,
} from '../../core/index.ts';
import { count, countOf, percent } from '../texts/amounts.ts';
import { compareTexts } from './compare-texts.ts';
import type { OutlineItem, OutlineLine, OutlineSection, OutlineTable } from './outline.ts';

/** How the data of what was built differs: first what differs, then what could not be compared, then what is the same. */
export function differenceSection({ differences }: Review): OutlineSection {
  const sorted = differences.toSorted((one, other) => rank(one) - rank(other) || compareTexts(one.id, other.id));
  return {
    key: 'differences',
    title: 'Data',
    note: 'The rows that were built, compared with those that stand in production.',
    open: true,
    items: sorted.map(differenceItem),
  };
}

function rank({ difference }: ReviewDifference): number {
  if (difference === undefined) return 1;
  return isSameData(difference) ? 2 : 0;
}

function differenceItem(one: ReviewDifference): OutlineItem {
  const { name, partitions, before, after, readsPartOf = [], difference, problem } = one;
  const compared = { name: partitions === '' ? name : `${name}[${partitions}]` };
  const relations = [
    { text: `${before} → ${after}` },
    ...readsPartOf.map((part) => ({
      text: `${part} is all that the review has of what it reads there: other rows are missing`,
    })),
  ];
  if (difference === undefined) {
    return { ...compared, text: `not compared: ${problem ?? 'no reason is known'}`, lines: relations };
  }
  const { rows } = difference;
  if (isSameData(difference)) return { ...compared, text: `${countOf(rows.after, 'row')}, no difference`, lines: [] };
  return {
    ...compared,
    text: `${count(rows.before)} → ${countOf(rows.after, 'row')}${summary(difference)}`,
    lines: [...relations, ...linesOf(difference)],
    table: valueTable(difference),
  };
}

function summary({ added, removed, changed, compared, columns }: DataDifference): string {
  const other = columns.added.length + columns.removed.length + columns.retyped.length;
  const parts = [
    [added.after - added.before, 'added'],
    [removed.before - removed.after, 'removed'],
    [changed.keys, `changed (${percent(changed.keys, compared)})`],
    [other, other === 1 ? 'other column' : 'other columns'],
  ] as const;
  const said = parts.flatMap(([amount, word]) => (amount === 0 ? [] : [`${count(amount)} ${word}`]));
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}

function linesOf({ key, sample, columns, added, removed, repeated }: DataDifference): readonly OutlineLine[] {
  const texts = [
    key.length > 0 ? `rows matched by ${key.join(', ')}` : 'no key, so that whole rows were compared',
    ...(sample
      ? [`counts are of a sample: ${count(sample.rows)} of ${countOf(sample.of, 'row')} in parts that differ`]
      : []),
    ...columns.added.map(({ name, type }) => `column ${name} ${type} was added`),
    ...columns.removed.map(({ name, type }) => `column ${name} ${type} was removed`),
    ...columns.retyped.map((column) => `column ${column.name} was ${column.before} and is ${column.after}`),
    ...exampleLines('added', added),
    ...exampleLines('removed', removed),
    ...(repeated.keys === 0
      ? []
      : [`${countOf(repeated.keys, 'key')} not unique, so that their rows were not compared by column`]),
    ...exampleLines('not unique', repeated),
  ];
  return texts.map((text) => ({ text }));
}

const exampleLines = (word: string, { examples }: RowDifference): readonly string[] =>
  examples.map((example) => `${word}, for example: ${example}`);

function valueTable({ values, compared }: DataDifference): OutlineTable | undefined {
  const changed = values.filter((column) => column.changed > 0);
  if (changed.length === 0) return undefined;
  return {
    heads: ['column', 'rows changed', 'share', 'for example'],
    rows: changed.map((column) => [
      column.name,
      count(column.changed),
      percent(column.changed, compared),
      examplesText(column),
    ]),
  };
}

const examplesText = ({ examples }: ColumnDifference): string =>
  examples.map(({ key, before, after }) => `${key}: ${before ?? 'null'} → ${after ?? 'null'}`).join('; ');
