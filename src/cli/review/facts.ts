import { changeClasses, hasFailed, isSameData, isTestType, type Review, type ReviewResult } from '../../core/index.ts';
import { count, countOf } from '../texts/amounts.ts';
import type { OutlineFact } from './outline.ts';

/** `unit test` for `unit_test`. */
export const kindText = (resourceType: string): string => resourceType.replaceAll('_', ' ');

/** What came of it: the rows that fail a test, or what the warehouse says. */
export const outcomeText = ({ status, message, failures }: ReviewResult): string =>
  failures === undefined ? (message ?? status) : countOf(failures, 'failing row');

/** The review in numbers. */
export function factsOf({ changes, results, differences, leftOut }: Review): readonly OutlineFact[] {
  const classes = changeClasses.toReversed().flatMap((name) => {
    const found = changes.nodes.filter((node) => node.class === name).length;
    return found === 0 ? [] : [`${count(found)} ${classWords[name]}`];
  });
  const kinds = new Map<string, number>();
  for (const { resourceType } of changes.affected) kinds.set(resourceType, (kinds.get(resourceType) ?? 0) + 1);
  const compared = differences.flatMap(({ difference }) => (difference ? [difference] : []));
  const differing = compared.filter((difference) => !isSameData(difference)).length;
  const others = differences.length - compared.length;
  const notCompared = others === 0 ? '' : `, ${count(others)} not compared`;
  return [
    { label: 'changed', text: listed(classes) },
    { label: 'affected', text: listed([...kinds].map(([kind, amount]) => countOf(amount, kindText(kind)))) },
    ...outcomes(
      'built',
      results.filter(({ resourceType }) => !isTestType(resourceType)),
    ),
    ...outcomes(
      'tests',
      results.filter(({ resourceType }) => isTestType(resourceType)),
    ),
    ...(differences.length === 0
      ? []
      : [
          {
            label: 'data',
            text: `${countOf(compared.length, 'relation')} compared, ${count(differing)} with differences${notCompared}`,
          },
        ]),
    ...(leftOut.length === 0 ? [] : [{ label: 'left out', text: countOf(leftOut.length, 'node') }]),
  ];
}

const classWords = {
  breaking: 'breaking',
  rows: 'with other rows',
  values: 'with other values',
  additive: 'with additions only',
  none: 'with the same data',
};

const listed = (parts: readonly string[]): string => (parts.length === 0 ? 'nothing' : parts.join(', '));

function outcomes(label: string, results: readonly ReviewResult[]): readonly OutlineFact[] {
  const failed = results.filter(hasFailed).length;
  const warned = results.filter(({ status }) => status === 'warn').length;
  const skipped = results.filter(({ status }) => status === 'skipped').length;
  const unjudged = results.filter(({ status }) => status === 'unjudged').length;
  const parts = [
    [results.length - failed - warned - skipped - unjudged, label === 'tests' ? 'passed' : 'succeeded'],
    [failed, 'failed'],
    [warned, 'warned'],
    [skipped, 'skipped'],
    [unjudged, 'cannot be judged'],
  ] as const;
  const text = parts.flatMap(([amount, word]) => (amount === 0 ? [] : [`${count(amount)} ${word}`])).join(', ');
  return text === '' ? [] : [{ label, text }];
}
