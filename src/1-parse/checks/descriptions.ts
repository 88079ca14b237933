import type { Span } from '../../core/index.ts';
import { descriptionProblem, missingDocs } from '../nodes/describe.ts';
import type { LinkedEntry } from '../nodes/entries.ts';
import { entrySpan } from '../nodes/entry-span.ts';
import type { Linking } from '../nodes/linking.ts';
import type { DocUse, EntryContent } from '../properties/facts.ts';

/**
 * Docs blocks that are named and missing, and other mistakes in the templates of descriptions. As in dbt, it does not matter
 * what is said of something that is not there, or disabled.
 *
 * @param isThere whether an entry for models, seeds, macros and the like describes one that is enabled.
 */
export function checkDescriptions(
  linking: Linking,
  entries: readonly LinkedEntry[],
  isThere: (entry: LinkedEntry) => boolean,
): void {
  for (const linked of entries) {
    const { entry, file } = linked;
    const { packageName } = file.found;
    const content = enabledPart(linking, linked);
    if (content === undefined || (content.kind === 'described' && !isThere(linked))) continue;
    const uses = docUsesOf(content);
    const place = (use: DocUse): Span => linking.spanIn(file, use.path) ?? entrySpan({ entry, file });
    for (const problem of missingDocs(linking.world, packageName, uses, place)) linking.report(problem);
    for (const description of textsOf(content)) {
      if (!description.includes('{')) continue;
      const span = entrySpan({ entry, file });
      const problem = descriptionProblem(description, linking.docScope(packageName), span);
      if (problem) linking.report(problem);
    }
  }
}

/** Without disabled tables of a source; undefined where all of it is disabled. */
function enabledPart({ disabled }: Linking, { entry, file, content }: LinkedEntry): EntryContent | undefined {
  const idOf = (type: string, ...names: string[]): string => [type, file.found.packageName, ...names].join('.');
  if (content.kind === 'source') {
    const tables = content.tables.filter(({ name }) => !disabled.has(idOf('source', entry.name, name)));
    return tables.length === 0 && content.tables.length > 0 ? undefined : { ...content, tables };
  }
  return disabled.has(idOf(entry.section.slice(0, -1), entry.name)) && content.kind === 'other' ? undefined : content;
}

function docUsesOf(content: EntryContent): readonly DocUse[] {
  switch (content.kind) {
    case 'source':
      return content.tables.flatMap((table) => table.docs);
    case 'described':
      return content.versions
        ? [...content.docs, ...content.versions.flatMap((version) => version.docs)]
        : content.docs;
    case 'unit-test':
    case 'other':
      return content.docs;
  }
}

function textsOf(content: EntryContent): readonly string[] {
  switch (content.kind) {
    case 'source':
      return [content.description, ...content.tables.map((table) => table.description)];
    case 'described':
      return [content.description, ...(content.versions ?? []).map((version) => version.description)];
    case 'unit-test':
      return [content.description];
    case 'other':
      return typeof content.raw.description === 'string' ? [content.raw.description] : [];
  }
}
