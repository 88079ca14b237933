import { hasFailed, isTestType, type Review, type ReviewResult } from '../../core/index.ts';
import { compareTexts } from './compare-texts.ts';
import { escapeAll, escapeHtml } from './escape.ts';
import { kindText, outcomeText } from './facts.ts';
import { changeFindings, problemFinding } from './findings.ts';
import { placeText, type ReportContext } from './report-context.ts';
import { reviewTemplate } from './templates.ts';

interface TestCase {
  readonly name: string;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  /** Default: 0. */
  readonly seconds?: number;
  readonly message: string;
  /** Default: nothing more is said. */
  readonly detail?: string;
}

/**
 * The review as JUnit XML, for every CI that reads it. A failure is what the change is to be blamed for: a test, or a
 * change that goes too far; an error is what could not be compiled or built.
 */
export function junitReport(review: Review, context: ReportContext): string {
  const results = review.results.toSorted((one, other) => compareTexts(one.id, other.id));
  const suites = [
    suiteOf('compile', problemCases(review)),
    suiteOf('changes', changeCases(review, context)),
    suiteOf('build', [
      ...results.filter(({ resourceType }) => !isTestType(resourceType)).map(resultCase),
      ...review.leftOut.map(({ name, reason }): TestCase => ({ name, outcome: 'skipped', message: reason })),
    ]),
    suiteOf('tests', results.filter(({ resourceType }) => isTestType(resourceType)).map(resultCase)),
  ].filter(({ cases }) => cases.length > 0);
  const total = totalsOf(suites.flatMap(({ cases }) => cases));
  return reviewTemplate('junit.xml.njk')(escapeAll({ project: review.project, total, suites }, escapeHtml));
}

interface Totals {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly time: string;
}

interface Suite {
  readonly name: string;
  readonly total: Totals;
  readonly cases: readonly (Required<TestCase> & { readonly time: string })[];
}

function suiteOf(name: string, cases: readonly TestCase[]): Suite {
  return {
    name,
    total: totalsOf(cases),
    cases: cases.map((each) => ({ seconds: 0, detail: '', ...each, time: timeText(each.seconds ?? 0) })),
  };
}

function totalsOf(cases: readonly TestCase[]): Totals {
  const having = (outcome: TestCase['outcome']): number => cases.filter((each) => each.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
    time: timeText(cases.reduce((sum, { seconds = 0 }) => sum + seconds, 0)),
  };
}

const timeText = (seconds: number): string => seconds.toFixed(3);

function problemCases({ problems }: Review): readonly TestCase[] {
  return problems.map(problemFinding).map(({ level, title, message, place }) => ({
    name: place === undefined ? title : `${title} ${placeText(place)}`,
    outcome: level === 'error' ? 'error' : 'passed',
    message: firstLine(message),
    detail: message,
  }));
}

function changeCases({ changes, failOn }: Review, context: ReportContext): readonly TestCase[] {
  return changes.nodes.map((node) => {
    const found = changeFindings(node, failOn, context);
    return {
      name: node.name,
      outcome: found.some(({ level }) => level === 'error') ? 'failure' : 'passed',
      message: `${node.class} change`,
      detail: found.map(({ message }) => message).join('\n'),
    };
  });
}

function resultCase(result: ReviewResult): TestCase {
  const { name, resourceType, status, seconds, place, unjudged } = result;
  const said = [outcomeText(result), ...(unjudged ?? [])].join('\n');
  const isQuiet = status === 'success' || status === 'pass';
  return {
    name: `${kindText(resourceType)} ${name}`,
    outcome: outcomeOf(result),
    seconds,
    // Nothing but its message is told of what counts as skipped.
    message: unjudged ? said.replaceAll('\n', '; ') : firstLine(said),
    detail: isQuiet ? '' : [...(place ? [placeText(place)] : []), said].join('\n'),
  };
}

function outcomeOf(result: ReviewResult): TestCase['outcome'] {
  if (result.status === 'skipped' || result.status === 'unjudged') return 'skipped';
  if (!hasFailed(result)) return 'passed';
  return result.status === 'fail' ? 'failure' : 'error';
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
