import {
  type ChangeReason,
  compareChangeClasses,
  hasFailed,
  isTestType,
  type NodeChange,
  type Review,
  type ReviewProblem,
  type ReviewResult,
} from '../../core/index.ts';
import { compareTexts } from './compare-texts.ts';
import { kindText, outcomeText } from './facts.ts';
import { type FoundPlace, fileInRepository, type ReportContext } from './report-context.ts';

/** What a host can show at a place of the code. */
export interface Finding {
  readonly level: 'error' | 'warning';
  /** `graph/unknown-ref`, `test-failed`, `change-breaking`: the kind of finding. */
  readonly rule: string;
  readonly title: string;
  readonly message: string;
  /** Undefined where it is about no file. */
  readonly place?: FoundPlace | undefined;
}

/** Everything that a reviewer has to look at, errors first: problems, failures, changes that fail the review. */
export function findings(review: Review, context: ReportContext): readonly Finding[] {
  const all = [
    ...review.problems.map(problemFinding),
    ...review.results.toSorted((one, other) => compareTexts(one.id, other.id)).flatMap(resultFindings),
    ...review.changes.nodes.flatMap((node) => changeFindings(node, review.failOn, context)),
  ];
  return all.sort((one, other) => Number(one.level === 'warning') - Number(other.level === 'warning'));
}

export function problemFinding({ code, severity, message, notes = [], hint, place }: ReviewProblem): Finding {
  return {
    level: severity === 'error' ? 'error' : 'warning',
    rule: code,
    title: code,
    message: [message, ...notes, ...(hint === undefined ? [] : [hint])].join('\n'),
    place,
  };
}

function resultFindings(result: ReviewResult): readonly Finding[] {
  const { name, resourceType, status, place, unjudged = [] } = result;
  if (!hasFailed(result) && status !== 'warn' && status !== 'unjudged') return [];
  const rule = isTestType(resourceType) ? 'test-failed' : 'build-failed';
  return [
    {
      level: hasFailed(result) ? 'error' : 'warning',
      rule: status === 'unjudged' ? 'test-unjudged' : rule,
      title: `${kindText(resourceType)} ${name}`,
      message: [outcomeText(result), ...unjudged].join('\n'),
      place,
    },
  ];
}

/** What of a change fails the review, or would if it were not accepted. */
export function changeFindings(node: NodeChange, failOn: Review['failOn'], context: ReportContext): readonly Finding[] {
  if (failOn === 'never') return [];
  return node.reasons
    .filter((reason) => compareChangeClasses(reason.class, failOn) >= 0)
    .map((reason) => ({
      level: node.accepted ? 'warning' : 'error',
      rule: `change-${reason.class}`,
      title: `${node.name}: ${reason.class} change`,
      message: node.accepted
        ? `${reason.text}\naccepted until ${node.accepted.until}: ${node.accepted.reason}`
        : reason.text,
      place: placeOfChange(node, reason, context),
    }));
}

/** A removed node's file is gone from the head, so that nothing can be shown there. */
function placeOfChange(node: NodeChange, { span }: ChangeReason, context: ReportContext): FoundPlace | undefined {
  const place = span && context.placeOf?.(span);
  if (place || node.change === 'removed') return place;
  return { file: fileInRepository(node.file, context) };
}
