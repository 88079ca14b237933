import type { LoadedFile } from '../files/load-files.ts';
import type { EntryContent, EntryDetails, EntryFacts } from '../properties/facts.ts';
import type { Linking } from './linking.ts';
import { renderEntry } from './read-again.ts';

/** An entry of a properties file, its templates rendered. */
export interface LinkedEntry {
  readonly entry: EntryFacts;
  readonly file: LoadedFile;
  readonly content: EntryContent;
  readonly details: () => EntryDetails;
  /** The entry before rendering, where it had templates. */
  readonly unrendered: EntryDetails['raw'];
}

/** All entries of all properties files. */
export function linkEntries(linking: Linking, files: readonly LoadedFile[]): readonly LinkedEntry[] {
  const linked: LinkedEntry[] = [];
  for (const file of files) {
    const { facts } = file.record;
    if (facts.kind !== 'properties') continue;
    const details = detailsOf(file);
    for (const [index, entry] of facts.entries.entries()) {
      if (entry.content !== undefined) {
        linked.push({ entry, file, content: entry.content, details: () => details(index), unrendered: undefined });
        continue;
      }
      const raw = details(index);
      const { name, content, details: again } = renderEntry(linking, file, entry, raw);
      const detailsAgain = (): EntryDetails => (entry.section === 'sources' ? { ...raw, ...again } : again);
      linked.push({ entry: { ...entry, name }, file, content, details: detailsAgain, unrendered: raw.raw });
    }
  }
  return linked;
}

/** The details of a file's entries; read when the first is asked for. */
function detailsOf(file: LoadedFile): (index: number) => EntryDetails {
  let all: readonly EntryDetails[] | undefined;
  return (index) => {
    all ??= JSON.parse(file.record.detail.read() || '[]') as readonly EntryDetails[];
    return all[index] ?? {};
  };
}
