import type { Span } from '../../core/index.ts';
import { descriptionProblem, missingDocs } from '../nodes/describe.ts';
import type { LinkedEntry } from '../nodes/entries.ts';
import { entrySpan } from '../nodes/entry-span.ts';
import type { Linking } from '../nodes/linking.ts';
import { docUses } from '../properties/doc-uses.ts';
import type { DocUse, EntryContent } from '../properties/facts.ts';
import type { YamlPath } from '../yaml/index.ts';

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
    const uses = docUsesOf(content, [entry.section, entry.index]);
    const place = (use: DocUse): Span => linking.spanIn(file, use.path) ?? entrySpan({ entry, file });
    for (const problem of missingDocs(linking.world, packageName, uses, place)) linking.report(problem);
    for (const use of uses) {
      if (use.template === undefined) continue;
      const problem = descriptionProblem(use.template, linking.docScope(packageName), place(use));
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

function docUsesOf(content: EntryContent, path: YamlPath): readonly DocUse[] {
  switch (content.kind) {
    case 'source':
      return [...docUses(content.description, path), ...content.tables.flatMap((table) => table.docs)];
    case 'described':
      return content.versions
        ? [...content.docs, ...content.versions.flatMap((version) => version.docs)]
        : content.docs;
    case 'unit-test':
    case 'other':
      return content.docs;
  }
}
