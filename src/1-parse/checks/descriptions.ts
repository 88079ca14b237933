import type { Span } from '../../core/index.ts';
import { descriptionProblem, missingDocs } from '../nodes/describe.ts';
import type { LinkedEntry } from '../nodes/entries.ts';
import { entrySpan } from '../nodes/entry-span.ts';
import type { Linking } from '../nodes/linking.ts';
import type { DocUse, EntryContent } from '../properties/facts.ts';

/** Docs blocks that are named and missing, and other mistakes in the templates of descriptions. */
export function checkDescriptions(linking: Linking, entries: readonly LinkedEntry[]): void {
  for (const { entry, file, content } of entries) {
    const uses = docUsesOf(content);
    const { packageName } = file.found;
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
