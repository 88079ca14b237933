import type { Review } from '../../core/index.ts';
import { escapeTerminal } from './escape.ts';
import { type Finding, findings } from './findings.ts';
import { fileAddress, type ReportContext } from './report-context.ts';

/** Code hosts take no more results of one run. */
const mostResults = 5000;

/**
 * What was found at places of the code as SARIF 2.1.0, for the code scanning of hosts. What has no place stands among the
 * notifications of the run, where it is kept and not shown.
 */
export function sarifReport(review: Review, context: ReportContext): string {
  const all = findings(review, context);
  const placed = all.filter(({ place }) => place !== undefined).slice(0, mostResults);
  const rules = [...new Set(all.map(({ rule }) => rule))].sort();
  const run = {
    tool: { driver: { name: 'Ingot', rules: rules.map((id) => ({ id, shortDescription: { text: ruleText(id) } })) } },
    automationDetails: { id: `ingot/${review.project}/` },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: all
          .filter(({ place }) => place === undefined)
          .map((finding) => ({
            level: finding.level,
            message: { text: textOf(finding) },
            associatedRule: { id: finding.rule, index: rules.indexOf(finding.rule) },
          })),
      },
    ],
    results: placed.map((finding) => ({
      ruleId: finding.rule,
      ruleIndex: rules.indexOf(finding.rule),
      level: finding.level,
      message: { text: textOf(finding) },
      locations: [{ physicalLocation: physicalLocation(finding) }],
    })),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** `[text](address)` would be a link. */
const textOf = ({ title, rule, message }: Finding): string =>
  escapeTerminal(title === rule ? message : `${title}: ${message}`).replaceAll('](', '] (');

function ruleText(id: string): string {
  const known = ruleTexts[id];
  return known ?? `${id}: see docs/reference/errors.md`;
}

const ruleTexts: Readonly<Record<string, string>> = {
  'test-failed': 'A test failed',
  'test-unjudged': 'A test that cannot be judged',
  'build-failed': 'A node could not be built',
  'change-breaking': 'A breaking change',
  'change-rows': 'A change of rows',
  'change-values': 'A change of values',
  'change-additive': 'An addition',
  'change-none': 'A change without an effect on data',
};

function physicalLocation({ place }: Finding): object {
  const { file, line = 1, column } = place ?? { file: '' };
  return {
    artifactLocation: { uri: fileAddress(file), uriBaseId: '%SRCROOT%' },
    region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
  };
}
