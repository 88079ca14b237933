import { join, resolve } from 'node:path';
import type { JsonObject } from '../../core/index.ts';
import { usageProblem } from '../command-line/usage.ts';
import { textOf, wordsOf } from '../command-line/values.ts';

/** What a report can be written as, with the name of its file in a folder of reports. */
const fileNames = {
  markdown: 'review.md',
  html: 'review.html',
  json: 'review.json',
  text: 'review.txt',
  sarif: 'review.sarif',
  junit: 'review.junit.xml',
} as const;

export type ReportFormat = keyof typeof fileNames;

const formats = Object.keys(fileNames) as readonly ReportFormat[];

export interface ReportRequest {
  readonly format: ReportFormat;
  /** Absolute. */
  readonly path: string;
}

/**
 * The files that `--report FORMAT=PATH` and `--report-dir DIR` ask for. Throws `UsageProblem` for what is neither: call it
 * before anything is spent.
 */
export function reportRequests(values: JsonObject, cwd: string): readonly ReportRequest[] {
  const single = wordsOf(values, 'report').map((word): ReportRequest => {
    const [name = '', ...rest] = word.split('=');
    const format = formats.find((known) => known === name);
    const path = rest.join('=');
    if (format === undefined) {
      throw usageProblem('report-format', `There is no report '${name}'`, `Reports are ${formats.join(', ')}`);
    }
    if (path === '') {
      throw usageProblem(
        'report-file',
        `'${word}' names no file`,
        `For example: --report ${format}=${fileNames[format]}`,
      );
    }
    return { format, path: resolve(cwd, path) };
  });
  const folder = textOf(values, 'report_dir');
  if (folder === undefined) return single;
  return [...single, ...formats.map((format) => ({ format, path: join(resolve(cwd, folder), fileNames[format]) }))];
}
