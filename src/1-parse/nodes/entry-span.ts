import type { Span } from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import type { EntryFacts } from '../properties/facts.ts';

/** Where an entry of a properties file stands: what is wrong with it as a whole is told there. */
export function entrySpan({ entry, file }: { readonly entry: EntryFacts; readonly file: LoadedFile }): Span {
  return { file: file.found.file, start: entry.range[0], end: entry.range[1] };
}
