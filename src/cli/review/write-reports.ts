import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder, type Review } from '../../core/index.ts';
import { renderReview } from './render-review.ts';
import type { ReportContext } from './report-context.ts';
import type { ReportRequest } from './report-requests.ts';

/** Writes the reports that are asked for, and gives their paths. What stood there is replaced. */
export function writeReports(
  review: Review,
  requests: readonly ReportRequest[],
  context: ReportContext,
): readonly string[] {
  return requests.map(({ format, path }) => {
    makeFolder(dirname(path));
    writeFileSync(path, renderReview(review, format, context));
    return path;
  });
}
