import type { Review } from '../../core/index.ts';
import { escapeAddress, escapeHtml } from './escape.ts';
import { escapedOutline } from './escaped-outline.ts';
import { lineagePicture } from './lineage-picture.ts';
import { outlineOf } from './make-outline.ts';
import type { ReportContext } from './report-context.ts';
import { svgPicture } from './svg-picture.ts';
import { reviewTemplate } from './templates.ts';

/** Nodes of the picture: more than in a comment, because there is more room. */
const mostNodes = 120;

/** The whole review as one page that needs nothing from elsewhere and runs no scripts. */
export function htmlReport(review: Review, context: ReportContext): string {
  const picture = lineagePicture(review.changes, mostNodes);
  return reviewTemplate('review.html.njk')({
    ...escapedOutline(outlineOf(review, context), { text: escapeHtml, block: escapeHtml, links: context.links }),
    pullRequest: review.pullRequest === undefined ? '' : escapeHtml(review.pullRequest),
    picture: picture ? svgPicture(picture) : '',
    run: context.links?.run === undefined ? '' : escapeAddress(context.links.run),
  });
}
