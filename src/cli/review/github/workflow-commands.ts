import type { Review } from '../../../core/index.ts';
import { countOf } from '../../texts/amounts.ts';
import { findings } from '../findings.ts';
import type { ReportContext } from '../report-context.ts';

/** GitHub shows so many of a level in a step, and says nothing of the others. */
const mostOfLevel = 10;

/** GitHub's workflow commands, a line each, that put what was found beside the lines of code. */
export function workflowCommands(review: Review, context: ReportContext): readonly string[] {
  const all = findings(review, context);
  return (['error', 'warning'] as const).flatMap((level) => {
    const found = all.filter((finding) => finding.level === level);
    const rest = found.length - mostOfLevel;
    // The last one shown says how many are not.
    const shown = rest > 0 ? found.slice(0, mostOfLevel - 1) : found;
    return [
      ...shown.map(({ title, message, place }) => workflowCommand(level, { ...place, title }, message)),
      ...(rest > 0
        ? [workflowCommand(level, {}, `${countOf(rest + 1, `more ${level}`)} in the report of ${review.project}`)]
        : []),
    ];
  });
}

interface CommandProperties {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly title?: string | undefined;
}

/** `::error file=a.sql,line=3,col=7,title=…::message`. */
export function workflowCommand(
  level: 'error' | 'warning' | 'notice',
  { file, line, column, title }: CommandProperties,
  message: string,
): string {
  const properties = Object.entries({ file, line, col: column, title }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${propertyText(String(value))}`],
  );
  return `::${level}${properties.length === 0 ? '' : ` ${properties.join(',')}`}::${messageText(message)}`;
}

/** What the runner turns back, and nothing else: a line break would end the command. */
const messageText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const propertyText = (text: string): string => messageText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
