import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { colourStyle, plainStyle } from '../../../../src/cli/reporters/style.ts';
import { displayWidth } from '../../../../src/cli/reporters/width.ts';
import { workflowCommand, workflowCommands } from '../../../../src/cli/review/github/workflow-commands.ts';
import { commentMarker, markdownReport } from '../../../../src/cli/review/markdown-report.ts';
import { mermaidLabel } from '../../../../src/cli/review/mermaid.ts';
import { renderReview } from '../../../../src/cli/review/render-review.ts';
import { type ReportFormat, reportRequests } from '../../../../src/cli/review/report-requests.ts';
import { reviewText } from '../../../../src/cli/review/text-report.ts';
import type { NodeChange, Review } from '../../../../src/core/index.ts';
import { richContext, richReview } from './rich-review.ts';

/** Ends whatever a report could have begun, and calls people. */
const hostile = [
  'x</pre></details></td>-->|```\n# @octocat #12 [a](http://evil.example) ![b](c) **d** ~~e~~ $f$',
  '<script>alert(1)</script> <!-- ingot-ci:shop --> &amp; "quoted" \'so\' ]]> \\| `g`',
  '\n::error::h\r\n##[error]i \u001b[31mred\u0000 \u202eabc\u200b \ud800 www.evil.example GH-3',
].join(' ');

/** The review with hostile names, messages, keys and cells. */
const hostileReview = withTexts(richReview, ['id', 'through', 'readers', 'version', 'until']);

const passedReview: Review = {
  ...richReview,
  pullRequest: undefined,
  base: { name: 'prod-artifacts' },
  head: { name: 'work tree' },
  verdict: { status: 'passed', text: 'nothing changed', because: [] },
  problems: [],
  changes: { nodes: [], affected: [] },
  results: [],
  differences: [],
  leftOut: [],
  cost: { statements: 0, statementSeconds: 0, seconds: 0.8 },
  schema: undefined,
};

const formats: readonly (readonly [ReportFormat, string])[] = [
  ['markdown', 'review.md'],
  ['html', 'review.html'],
  ['json', 'review.json'],
  ['text', 'review.txt'],
  ['sarif', 'review.sarif'],
  ['junit', 'review.junit.xml'],
];

test.each(['markdown', 'text', 'junit'] as const)(
  'a model of which some batches failed is a failure in the %s report',
  async (format) => {
    const message = 'The batch of 2024-01-04 failed';
    const partial = { id: 'model.shop.batches', name: 'batches', resourceType: 'model', seconds: 1, message };
    const report = await renderReview(
      { ...passedReview, results: [{ ...partial, status: 'partial success' }] },
      format,
      {},
    );
    expect(report).toContain(message);
  },
);

describe('a test that cannot be judged', () => {
  const unjudged = 'only 1 of 3 partitions of daily was built, the others are missing: --partitions 3 builds all';
  const result = {
    id: 'test.shop.agrees',
    name: 'agrees',
    resourceType: 'test',
    status: 'unjudged',
    seconds: 1,
    failures: 7,
    unjudged: [unjudged],
    inProduction: { status: 'pass', failures: 0 },
    place: { file: 'tests/agrees.sql', line: 1, column: 1 },
  };
  const report = (format: ReportFormat) => renderReview({ ...passedReview, results: [result] }, format, {});

  test.each(['markdown', 'html', 'text'] as const)(
    'stands by itself in the %s report, with the reason',
    async (format) => {
      const text = (await report(format)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
      for (const part of ['Cannot be judged', '7 failing rows', unjudged, 'passes in production']) {
        expect(text.replaceAll('\\', ''), part).toContain(part);
      }
      expect(text).not.toContain('Failures');
    },
  );

  test('is skipped for JUnit, a warning for those who show findings, and has its reason in JSON', async () => {
    const junit = await report('junit');
    expect(junit).toContain(`<skipped message="7 failing rows; ${unjudged}"/>`);
    expect(junit).toContain('failures="0" errors="0" skipped="1"');
    const [found] = JSON.parse(await report('sarif')).runs[0].results;
    expect(found).toMatchObject({ ruleId: 'test-unjudged', level: 'warning' });
    expect(JSON.parse(await report('json')).results).toMatchObject([{ status: 'unjudged', unjudged: [unjudged] }]);
  });
});

describe('golden reports', () => {
  test.each(formats)('the %s report is as it was reviewed', async (format, file) => {
    const golden = join(import.meta.dirname, 'golden', file);
    await expect(renderReview(richReview, format, richContext)).toMatchFileSnapshot(golden);
  });

  test.each(formats)('the %s report of a review that found nothing is as it was reviewed', async (format, file) => {
    const golden = join(import.meta.dirname, 'golden', file.replace('review', 'nothing'));
    await expect(renderReview(passedReview, format, {})).toMatchFileSnapshot(golden);
  });

  test.each(formats)('the %s report does not depend on the order in which the build finished', (format) => {
    const reversed: Review = {
      ...richReview,
      results: richReview.results.toReversed(),
      differences: richReview.differences.toReversed(),
    };
    const sorted = (review: Review): string => renderReview(review, format, richContext);
    expect(sorted(reversed)).toBe(sorted(richReview));
  });
});

describe('texts of others', () => {
  const markdown = markdownReport(hostileReview, richContext);
  const read = markdown.replace(/```mermaid.*?```/s, '').replace(/href="[^"]*"/g, '');

  test('end nothing in Markdown', () => {
    const times = (pattern: RegExp): number => [...markdown.matchAll(pattern)].length;
    expect(times(/<!--/g)).toBe(1);
    expect(times(/```/g)).toBe(2);
    expect(times(/<\/details>/g)).toBe(times(/<details>/g));
    expect(times(/<\/pre>/g)).toBe(times(/<pre>/g));
    expect(times(/<\/details>/g)).toBeGreaterThan(10);
    expect(read).not.toMatch(/<script|\]\(|\*\*d|~~|&amp;/);
    const outside = read.replace(/<pre>.*?<\/pre>/gs, '');
    for (const line of outside.split('\n')) expect(line).not.toMatch(/^(# |::|x)/);
  });

  test('call nobody and link to nothing in Markdown', () => {
    expect(read).toMatch(/@/);
    expect(read).not.toMatch(/@(?!\u200b)|(?<!&)#\d|:\/\/|www\.|GH-\d/);
  });

  test('break no table in Markdown: each row has as many cells as its head', () => {
    const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
    const head = rows.findIndex((line) => /^\| --- \| --- \| --- \|/.test(line));
    expect(head).toBeGreaterThan(0);
    const cells = (line = ''): number => line.split('|').length;
    expect(cells(rows[head + 1])).toBe(cells(rows[head]));
  });

  test('are harmless in HTML and XML', () => {
    for (const format of ['html', 'junit'] as const) {
      const text = renderReview(hostileReview, format, richContext);
      expect(text).not.toMatch(/<script|x<\/pre>|<!-- ingot|[^\P{Cc}\n]|\p{Surrogate}|\p{Bidi_Control}/u);
      expect(text).toContain('&#60;script&#62;');
    }
  });

  test('steer neither a terminal nor the host that reads its log', () => {
    const text = renderReview(hostileReview, 'text', richContext);
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}|##\[/u);
    expect(text).not.toMatch(/^\s*::/m);
  });

  test('are themselves in a Mermaid label', () => {
    expect(mermaidLabel('stg_orders.v2')).toBe('stg_orders#46;v2');
    expect(mermaidLabel('a"]; click n0 "x\n%%')).toBe('a#34;#93;#59; click n0 #34;x #37;#37;');
  });

  test('are themselves in JSON', () => {
    const review = JSON.parse(renderReview(hostileReview, 'json', richContext)) as Review;
    expect(review.verdict.text).toBe(hostile);
    expect(review.results.map(({ id }) => id)).toEqual(richReview.results.map(({ id }) => id).sort());
  });

  test('cannot end the marker of the comment', () => {
    expect(commentMarker('shop')).toBe('<!-- ingot-ci:shop -->');
    expect(commentMarker('a --> b')).toBe('<!-- ingot-ci:61202d2d3e2062 -->');
  });
});

describe('the size of a comment', () => {
  const large = largeReview(3000);
  const markdown = markdownReport(large, richContext);

  test('stays under the limit with 3,000 changed nodes, and says what is cut', () => {
    expect(markdown.length).toBeLessThanOrEqual(65_536);
    expect(markdown.length).toBeGreaterThan(60_000);
    expect(markdown).toContain('## ❌ Failed');
    expect(markdown).toContain('### Breaking changes (1,000)');
    expect(markdown).toMatch(/… and [\d,]+ more\./);
    expect(markdown).toContain('Cut to 65,536 characters');
    expect(markdown).toContain('more(["… and 5,960 nodes more"])');
  });

  test('is filled by what matters most', () => {
    const shown = (name: string): number => [...markdown.matchAll(new RegExp(`<code>${name}_\\d+</code>`, 'g'))].length;
    expect(shown('breaking')).toBeGreaterThan(100);
    // Of every section there is something.
    expect(shown('additive')).toBe(5);
    expect(shown('affected')).toBe(5);
    expect(markdown).toContain('<code>unique_fct_orders_order_id</code>');
  });

  test.each([20_000, 5_000, 2_000, 500, 60])('stays under a limit of %i', (most) => {
    for (const unit of ['characters', 'bytes'] as const) {
      const short = markdownReport(largeReview(300), richContext, { most, unit });
      expect(unit === 'bytes' ? Buffer.byteLength(short) : short.length).toBeLessThanOrEqual(most);
      expect(short).toMatch(/^<!-- ingot-ci:shop -->\n## ❌ Failed/);
    }
  });

  test('can be set', () => {
    expect(renderReview(largeReview(300), 'markdown', { commentSize: 10_000 }).length).toBeLessThanOrEqual(10_000);
  });

  test('stays under the limit with texts as long as they like', () => {
    const review = withTexts(richReview, ['id', 'class', 'kind', 'status', 'version'], 'long & '.repeat(20_000));
    expect(markdownReport(review, richContext).length).toBeLessThanOrEqual(65_536);
  });

  test('cuts nothing that has room', () => {
    const markdown = markdownReport(richReview, richContext);
    expect(markdown).not.toMatch(/Cut to|more\./);
  });
});

describe('the text for a terminal', () => {
  test.each([40, 80, 200])('is no wider than %i columns', (columns) => {
    for (const review of [richReview, hostileReview]) {
      const text = reviewText(review, { columns, style: plainStyle }, richContext);
      for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    }
  });

  test('has the same letters with colours', () => {
    const coloured = reviewText(richReview, { columns: 80, style: colourStyle }, richContext);
    expect(coloured).toContain('\u001b[31mFailed');
    expect(stripVTControlCharacters(coloured)).toBe(
      reviewText(richReview, { columns: 80, style: plainStyle }, richContext),
    );
  });

  test('tells at most so many of each section', () => {
    const text = reviewText(largeReview(300), { columns: 80, style: plainStyle, most: 20 }, {});
    expect(text).toContain('… and 80 more');
    expect(text.split('\n').length).toBeLessThan(600);
  });
});

describe('workflow commands', () => {
  test('escape what would end them, and what would end a property', () => {
    const place = { file: 'a,b:c%.sql', line: 3, column: 7, title: 'd\ne' };
    expect(workflowCommand('error', place, '100 %\r\n::warning::f')).toBe(
      '::error file=a%2Cb%3Ac%25.sql,line=3,col=7,title=d%0Ae::100 %25%0D%0A::warning::f',
    );
    expect(workflowCommand('notice', {}, 'g')).toBe('::notice::g');
  });

  test('stand at the places of problems, failures and changes that fail the review', () => {
    const lines = workflowCommands(richReview, richContext);
    expect(lines).toContain(
      '::error file=warehouse/models/staging/stg_orders.sql,line=2,col=3,title=stg_orders%3A breaking change::column customer_id is gone, which fct_orders reads',
    );
    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(3);
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
  });

  test('are no more than the host shows, and the last says how many are left', () => {
    const errors = workflowCommands(largeReview(30), {}).filter((line) => line.startsWith('::error'));
    expect(errors).toHaveLength(10);
    expect(errors.at(-1)).toMatch(/^::error::\d+ more errors in the report of shop$/);
  });

  test('of changes follow --fail-on', () => {
    const titles = (failOn: Review['failOn']): number =>
      workflowCommands({ ...richReview, failOn, problems: [], results: [] }, {}).length;
    expect([titles('never'), titles('breaking'), titles('rows'), titles('values')]).toEqual([0, 2, 3, 5]);
  });
});

describe('the files asked for', () => {
  test('are named one by one, or by a folder for all', () => {
    expect(reportRequests({ report: ['html=out/r.html', 'json=/tmp/a=b.json'], report_dir: null }, '/work')).toEqual([
      { format: 'html', path: '/work/out/r.html' },
      { format: 'json', path: '/tmp/a=b.json' },
    ]);
    expect(reportRequests({ report_dir: 'reports' }, '/work').map(({ path }) => path)).toEqual(
      formats.map(([, file]) => `/work/reports/${file}`),
    );
    expect(reportRequests({}, '/work')).toEqual([]);
  });

  test('are refused if there is no such report or no file', () => {
    expect(() => reportRequests({ report: ['pdf=a.pdf'] }, '/')).toThrow("There is no report 'pdf'");
    expect(() => reportRequests({ report: ['html'] }, '/')).toThrow("'html' names no file");
  });
});

/** The same data with other texts, apart from what stands under some keys or can only be one of a few words. */
function withTexts(review: Review, kept: readonly string[], text = hostile): Review {
  const words = ['class', 'kind', 'status', 'resourceType', 'part', 'change', 'severity', 'failOn', 'project', ...kept];
  const visit = (value: unknown, key: string): unknown => {
    if (words.includes(key)) return value;
    if (typeof value === 'string') return text;
    if (Array.isArray(value)) return value.map((item: unknown) => visit(item, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, visit(item, name)]));
  };
  return visit(review, '') as Review;
}

/** So many changed nodes, a third of each of three classes, each of which affects another. */
function largeReview(amount: number): Review {
  const classes = ['breaking', 'values', 'additive'] as const;
  const [pattern] = richReview.changes.nodes.filter(({ columns }) => columns.length > 2);
  const nodes = Array.from({ length: amount }, (_, place): NodeChange => {
    const reach = classes[place % classes.length] ?? 'values';
    const name = `${reach}_${place}`;
    const file = `models/${name}.sql`;
    const reasons = [{ part: 'sql', class: reach, text: `column c${place} is another` }] as const;
    return { ...(pattern as NodeChange), id: `model.shop.${name}`, name, file, class: reach, reasons };
  });
  const affected = nodes.map(({ id }, place) => ({
    id: `model.shop.affected_${place}`,
    name: `affected_${place}`,
    resourceType: 'model',
    file: `models/affected_${place}.sql`,
    class: 'values' as const,
    by: [{ id, columns: ['amount'] }],
    through: [id],
  }));
  return { ...richReview, changes: { nodes, affected } };
}
