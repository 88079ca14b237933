import type { Review } from '../../core/index.ts';
import { plainStyle } from '../reporters/style.ts';
import { htmlReport } from './html-report.ts';
import { jsonReport } from './json-report.ts';
import { junitReport } from './junit-report.ts';
import { markdownReport } from './markdown-report.ts';
import type { ReportContext } from './report-context.ts';
import type { ReportFormat } from './report-requests.ts';
import { sarifReport } from './sarif-report.ts';
import { reviewText } from './text-report.ts';

/** Of a text file, which is no terminal. */
const columns = 120;

const writers: Readonly<Record<ReportFormat, (review: Review, context: ReportContext) => string>> = {
  markdown: (review, context) => markdownReport(review, context),
  html: htmlReport,
  json: jsonReport,
  text: (review, context) =>
    reviewText(review, { columns, style: plainStyle, most: Number.POSITIVE_INFINITY }, context),
  sarif: sarifReport,
  junit: junitReport,
};

/** The review in one of its forms. The same review and context give the same text. */
export function renderReview(review: Review, format: ReportFormat, context: ReportContext): string {
  return writers[format](review, context);
}
