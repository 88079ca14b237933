import type { Review } from '../../core/index.ts';
import type { Style } from '../reporters/style.ts';
import { truncate } from '../reporters/width.ts';
import { count } from '../texts/amounts.ts';
import { escapeTerminal } from './escape.ts';
import { type EscapedItem, escapedOutline } from './escaped-outline.ts';
import { outlineOf } from './make-outline.ts';
import type { ReportContext } from './report-context.ts';
import { reviewTemplate } from './templates.ts';
import { tableLines, wrapped } from './text-layout.ts';

export interface TextOptions {
  /** No line is wider. */
  readonly columns: number;
  readonly style: Style;
  /** Of each section so many things are told, the rest is counted. Default: 50. */
  readonly most?: number | undefined;
}

/** The review for a terminal. */
export function reviewText(review: Review, options: TextOptions, context: ReportContext): string {
  const { columns, style, most = 50 } = options;
  const outline = escapedOutline(outlineOf(review, context), { text: escapeTerminal, block: escapeTerminal });
  const wrap = (text: string, first: string, others: string): readonly string[] =>
    wrapped(text, columns, first, others);
  const label = 2 + Math.max(...outline.facts.map((fact) => fact.label.length));
  return reviewTemplate('review.txt.njk')({
    verdict: (outline.passed ? style.success : style.error)(wrap(outline.verdict, '', '  ').join('\n')),
    because: outline.because.flatMap((text) => wrap(text, '  - ', '    ')),
    facts: outline.facts.map((fact) => {
      const [first = '', ...others] = wrap(fact.text, ' '.repeat(label + 2), ' '.repeat(label + 2));
      return [`  ${style.faint(fact.label.padEnd(label))}${first.trimStart()}`, ...others].join('\n');
    }),
    sections: outline.sections.map(({ title, items }) => ({
      title: style.strong(`${title} (${count(items.length)})`),
      lines: items.slice(0, most).flatMap((item) => itemLines(item, columns, style)),
      more: items.length > most ? style.faint(`  … and ${count(items.length - most)} more`) : '',
    })),
    closing: outline.closing.flatMap((text) => wrap(text, '', '  ')).map(style.faint),
  });
}

function itemLines({ name, text, place, lines, table, block }: EscapedItem, columns: number, style: Style): string[] {
  const [first = '', ...others] = wrapped(`${name} ${text}`, columns, '  ', '    ');
  // Where a name is longer than a line it is cut there, and stays without emphasis.
  const start = `  ${name}`;
  const emphasised = first.startsWith(start) ? `  ${style.strong(name)}${first.slice(start.length)}` : first;
  return [
    emphasised,
    ...others,
    ...(place ? wrapped(place.text, columns, '    ', '    ').map(style.faint) : []),
    ...lines.flatMap((line) => {
      const where = line.place ? ` (${line.place.text})` : '';
      return wrapped(line.text + where, columns, '    - ', '      ');
    }),
    ...tableText(table, columns, style),
    // A line that began with what the message says could be a command to the host.
    ...(block?.split('\n').map((line) => truncate(`    | ${line}`, columns)) ?? []),
  ];
}

function tableText(table: EscapedItem['table'], columns: number, style: Style): readonly string[] {
  if (table === undefined) return [];
  const [heads = '', ...rows] = tableLines(table, columns - 4);
  return [`    ${style.faint(heads)}`, ...rows.map((row) => `    ${row}`)];
}
