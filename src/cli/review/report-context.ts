import type { ReviewPlace, Span } from '../../core/index.ts';

/** What reports need to know beside the review: where things stand for those who read them. */
export interface ReportContext {
  /** The project's folder below the top of the repository, with `/` and without one at its ends. Default: the top itself. */
  readonly folder?: string | undefined;
  /** Line and column of a span in the head's files. Default: not known, so that only the file is named. */
  readonly placeOf?: ((span: Span) => ReviewPlace | undefined) | undefined;
  /** Default: nothing can be followed. */
  readonly links?: ReportLinks | undefined;
  /** Longest Markdown, in characters. Default: 65,536, what GitHub takes as a comment. */
  readonly commentSize?: number | undefined;
}

/** Pages of the host of the code. */
export interface ReportLinks {
  /** Where a place of the head can be read. */
  readonly place?: ((place: FoundPlace) => string) | undefined;
  /** Where the whole run can be read: its log, its files. */
  readonly run?: string | undefined;
}

/** A place of which perhaps only the file is known. `file` is relative to the top of the repository. */
export type FoundPlace = Pick<ReviewPlace, 'file'> & Partial<ReviewPlace>;

/** A file of the project as the host names it. */
export function fileInRepository(file: string, { folder = '' }: ReportContext): string {
  return folder === '' ? file : `${folder}/${file}`;
}

/** A file as a part of an address. */
export const fileAddress = (file: string): string =>
  file
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');

/** `models/a.sql:3:7`, or as much of it as is known. */
export function placeText({ file, line, column }: FoundPlace): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
