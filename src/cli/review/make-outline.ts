import type { Review } from '../../core/index.ts';
import { byteSize, countOf, duration } from '../texts/amounts.ts';
import { affectedSection, changeSections } from './change-sections.ts';
import { differenceSection } from './difference-section.ts';
import { factsOf } from './facts.ts';
import type { Outline } from './outline.ts';
import type { ReportContext } from './report-context.ts';
import { failureSection, leftOutSection, problemSection, unjudgedSection, warningSection } from './result-sections.ts';

/** Puts a review into the words that its reports are made of. */
export function outlineOf(review: Review, context: ReportContext): Outline {
  const { verdict, project } = review;
  const passed = verdict.status === 'passed';
  const sections = [
    problemSection(review),
    failureSection(review),
    unjudgedSection(review),
    ...changeSections(review, context),
    affectedSection(review, context),
    differenceSection(review),
    warningSection(review),
    leftOutSection(review),
  ];
  return {
    project,
    passed,
    verdict: `${passed ? 'Passed' : 'Failed'}: ${verdict.text}`,
    because: verdict.because,
    facts: factsOf(review),
    sections: sections.filter(({ items }) => items.length > 0),
    closing: closingOf(review),
  };
}

function closingOf({ base, head, schema, cost }: Review): readonly string[] {
  const { statements, statementSeconds, seconds, bytes } = cost;
  const read = bytes === undefined ? '' : `, ${byteSize(bytes)} read`;
  return [
    `${stateText(base)} → ${stateText(head)}`,
    ...(schema === undefined ? [] : [`built in ${schema}`]),
    `${countOf(statements, 'statement')} (${duration(statementSeconds)}${read}), ${duration(seconds)} in all`,
  ];
}

const stateText = ({ name, commit }: Review['base']): string =>
  commit === undefined ? name : `${name} (${commit.slice(0, 8)})`;
