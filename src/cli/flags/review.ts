import type { Flag } from './flag.ts';

/** Where the reports of a review go. */
export const reviewFlags: readonly Flag[] = [
  {
    name: 'report',
    kind: 'words',
    default: [],
    describe: 'Reports to write: markdown=FILE, html=FILE, json=FILE, text=FILE, sarif=FILE, junit=FILE',
    support: 'yes',
  },
  {
    name: 'comment-size',
    kind: 'number',
    default: null,
    describe: 'Longest Markdown report, in characters; default: 65536, what GitHub takes',
    support: 'yes',
  },
  { name: 'report-dir', kind: 'text', default: null, describe: 'A folder to write all reports to', support: 'yes' },
];
