import { didYouMeanHint, error, isRefableType, warning } from '../../core/index.ts';
import type { DescribedContent, VersionFacts } from '../properties/facts.ts';
import type { Draft, DraftType } from './draft.ts';
import type { Drafted, DraftTable } from './draft-table.ts';
import type { LinkedEntry } from './entries.ts';
import { entrySpan } from './entry-span.ts';
import type { Linking } from './linking.ts';
import type { Patch } from './patch.ts';

/** Which drafts an entry describes: for tests, which are attached to them. */
export type Described = ReadonlyMap<LinkedEntry, readonly Drafted[]>;

const typeOf: Readonly<Record<string, DraftType>> = {
  models: 'model',
  seeds: 'seed',
  snapshots: 'snapshot',
  analyses: 'analysis',
  data_tests: 'test',
  functions: 'function',
};

/** Gives drafts the entries that describe them, by dbt's rules. */
export function applyPatches(linking: Linking, entries: readonly LinkedEntry[], drafts: DraftTable): Described {
  const described = new Map<LinkedEntry, readonly Drafted[]>();
  for (const linked of entries) {
    const type = typeOf[linked.entry.section];
    if (type === undefined || linked.content.kind !== 'described') continue;
    const { versions } = linked.content;
    const found =
      versions && versions.length > 0
        ? versions.flatMap(
            (version) => applyVersion(linking, linked, linked.content as DescribedContent, version, drafts) ?? [],
          )
        : applyPatch(linking, linked, linked.content, type, drafts);
    described.set(linked, found);
  }
  return described;
}

function applyPatch(
  linking: Linking,
  linked: LinkedEntry,
  content: DescribedContent,
  type: DraftType,
  drafts: DraftTable,
): readonly Drafted[] {
  const { entry, file } = linked;
  const { packageName } = file.found;
  const found = isRefableType(type)
    ? drafts.refable(entry.name, packageName)
    : drafts.enabled(type, entry.name, type === 'test' ? packageName : undefined);
  if (found !== undefined && found.draft.type !== type) {
    const right = `${found.draft.type}s`;
    const message = `'${entry.name}' is a ${found.draft.type}, but is described under '${entry.section}'`;
    linking.report(warning('parse/wrong-section', message, { span: entrySpan(linked), hint: `Move it to '${right}'` }));
    return [];
  }
  const patch: Patch = { entry, file, content, details: linked.details };
  if (found !== undefined) return setPatch(linking, found, patch) ? [found] : [];
  const disabled = drafts.disabled(type, entry.name, packageName);
  if (disabled.length === 0) {
    // What is wrong with a snapshot's `relation` has been said.
    if (content.relation === undefined) reportMissing(linking, linked, entry.name, type, drafts);
    return [];
  }
  if (!checkAmbiguous(linking, linked, disabled, content)) return [];
  for (const one of disabled) one.patch = patch;
  return disabled;
}

function applyVersion(
  linking: Linking,
  linked: LinkedEntry,
  content: DescribedContent,
  version: VersionFacts,
  drafts: DraftTable,
): Drafted | undefined {
  const { entry, file } = linked;
  const { packageName } = file.found;
  const name = version.definedIn ?? `${entry.name}_v${version.version}`;
  const isLatest = version.version === content.latestVersion;
  const found =
    drafts.enabled('model', name, packageName) ??
    (isLatest ? drafts.enabled('model', entry.name, packageName) : undefined) ??
    firstDisabled(linking, linked, drafts.disabled('model', name), content);
  if (found === undefined) {
    reportMissing(linking, linked, name, 'model', drafts);
    return undefined;
  }
  const patch: Patch = { entry, file, content, details: linked.details, version, latestVersion: content.latestVersion };
  if (!setPatch(linking, found, patch)) return undefined;
  found.draft = versioned(found.draft, entry.name, packageName, version.version);
  return found;
}

function firstDisabled(
  linking: Linking,
  linked: LinkedEntry,
  disabled: readonly Drafted[],
  content: DescribedContent,
): Drafted | undefined {
  return checkAmbiguous(linking, linked, disabled, content) ? disabled[0] : undefined;
}

function versioned(draft: Draft, name: string, packageName: string, version: string | number): Draft {
  const suffix = `v${version}`;
  return {
    ...draft,
    name,
    uniqueId: `model.${packageName}.${name}.${suffix}`,
    fqn: [...draft.fqn.slice(0, -1), name, suffix],
  };
}

function setPatch(linking: Linking, drafted: Drafted, patch: Patch): boolean {
  const first = drafted.patch;
  if (first === undefined) {
    drafted.patch = patch;
    return true;
  }
  const span = entrySpan(patch);
  const other = entrySpan(first);
  linking.report(
    error('parse/duplicate-patch', `'${patch.entry.name}' is described twice: in ${other.file} and in ${span.file}`, {
      span,
      hint: 'Put everything about it into one entry',
      notes: [{ message: 'the other is here', span: other }],
    }),
  );
  return false;
}

/** Properties that enable a node have to say which, where several disabled ones have its name. */
function checkAmbiguous(
  linking: Linking,
  linked: LinkedEntry,
  disabled: readonly Drafted[],
  content: DescribedContent,
): boolean {
  if (disabled.length < 2 || content.config.enabled !== true) return true;
  const files = disabled.map(({ draft }) => draft.originalPath).join(', ');
  const message = `'${linked.entry.name}' cannot be enabled here, since ${disabled.length} disabled ones have that name: ${files}`;
  linking.report(
    error('parse/ambiguous-enable', message, {
      span: entrySpan(linked),
      hint: 'Enable one in its SQL file or in the project file',
    }),
  );
  return false;
}

function reportMissing(linking: Linking, linked: LinkedEntry, name: string, type: DraftType, drafts: DraftTable): void {
  const message = `No ${type} is named '${name}', which '${linked.entry.section}' in ${linked.file.found.file} describes`;
  const hint = didYouMeanHint(name, drafts.names(type)) ?? 'Remove the entry, or add the file';
  linking.report(warning('parse/unknown-patch', message, { span: entrySpan(linked), hint }));
}
