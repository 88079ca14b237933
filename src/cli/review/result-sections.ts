import {
  type Cell,
  hasFailed,
  isTestType,
  type Review,
  type ReviewProblem,
  type ReviewResult,
  type Table,
} from '../../core/index.ts';
import { count, countOf } from '../texts/amounts.ts';
import { compareTexts } from './compare-texts.ts';
import { kindText, outcomeText } from './facts.ts';
import type { OutlineItem, OutlineSection, OutlineTable } from './outline.ts';

export function problemSection({ problems }: Review): OutlineSection {
  return {
    key: 'problems',
    title: 'Errors',
    note: 'Found by compiling the project.',
    open: true,
    items: problems.filter(({ severity }) => severity === 'error').map(problemItem),
  };
}

function problemItem({ code, message, notes = [], hint, place }: ReviewProblem): OutlineItem {
  const lines = [...notes, ...(hint === undefined ? [] : [hint])].map((text) => ({ text }));
  return { name: code, text: firstLine(message), place, lines, block: blockOf(message) };
}

/** What went wrong in the build: models and the like first, because their tests could not run then. */
export function failureSection({ results }: Review): OutlineSection {
  const failed = results.filter(hasFailed).toSorted(byKindAndName);
  return {
    key: 'failures',
    title: 'Failures',
    note: 'Tests that failed, and nodes that could not be built.',
    open: true,
    items: failed.map(resultItem),
  };
}

/** Tests that would have to see more than was built. */
export function unjudgedSection({ results }: Review): OutlineSection {
  return {
    key: 'unjudged',
    title: 'Cannot be judged',
    note: 'Tests that found rows, which may only be because some partitions alone were built. They do not fail the review.',
    open: true,
    items: results
      .filter(({ status }) => status === 'unjudged')
      .toSorted(byKindAndName)
      .map(resultItem),
  };
}

export function warningSection({ problems, results }: Review): OutlineSection {
  const warned = results.filter(({ status }) => status === 'warn').toSorted(byKindAndName);
  return {
    key: 'warnings',
    title: 'Warnings',
    note: 'Nothing that fails the review.',
    open: false,
    items: [...warned.map(resultItem), ...problems.filter(({ severity }) => severity !== 'error').map(problemItem)],
  };
}

const byKindAndName = (one: ReviewResult, other: ReviewResult): number =>
  Number(isTestType(one.resourceType)) - Number(isTestType(other.resourceType)) || compareTexts(one.id, other.id);

function resultItem(result: ReviewResult): OutlineItem {
  const { name, resourceType, failures, examples, place, unjudged = [] } = result;
  const said = outcomeText(result);
  const isCut = failures !== undefined && examples && failures > examples.rows.length;
  const texts = [
    ...unjudged,
    ...productionTexts(result),
    ...(isCut ? [`${count(examples.rows.length)} of ${countOf(failures, 'row')}`] : []),
  ];
  return {
    name,
    text: `${kindText(resourceType)}: ${firstLine(said)}`,
    place,
    lines: texts.map((text) => ({ text })),
    block: failures === undefined ? blockOf(said) : undefined,
    table: examples && exampleTable(examples),
  };
}

/** Whether production has the same fault. */
function productionTexts({ inProduction }: ReviewResult): readonly string[] {
  if (inProduction === undefined) return [];
  const { status, failures } = inProduction;
  return [status === 'pass' ? 'passes in production' : `in production: ${countOf(failures, 'failing row')}`];
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';

/** A message with more than the line that stands beside the name. */
const blockOf = (text: string): string | undefined => (text.trim().includes('\n') ? text.trim() : undefined);

function exampleTable({ columns, rows }: Table): OutlineTable | undefined {
  if (rows.length === 0) return undefined;
  return { heads: columns.map(({ name }) => name), rows: rows.map((row) => row.map(cellText)) };
}

function cellText(cell: Cell): string {
  if (cell === null || typeof cell !== 'object') return String(cell);
  return JSON.stringify(cell, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

export function leftOutSection({ leftOut }: Review): OutlineSection {
  return {
    key: 'leftOut',
    title: 'Left out',
    note: 'Affected, but not built.',
    open: false,
    items: leftOut.map(({ name, reason }) => ({ name, text: reason, lines: [] })),
  };
}
