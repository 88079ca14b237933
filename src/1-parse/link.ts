import { error, type Node } from '../core/index.ts';
import { checkDescriptions } from './checks/descriptions.ts';
import { checkNodes } from './checks/node-checks.ts';
import { misspeltSettings, strayValues, unusedSettings } from './checks/unused-settings.ts';
import type { LoadedFile } from './files/load-files.ts';
import { applyPatches, type Described } from './nodes/apply-patches.ts';
import { type Capturer, createCapturer } from './nodes/capture-drafts.ts';
import { draftsOf, hookDrafts } from './nodes/code-drafts.ts';
import { buildNode, configureDraft, provisionalNode } from './nodes/code-node.ts';
import { finishContract, hasConstraints, withForeignKeys } from './nodes/constraints.ts';
import type { Draft } from './nodes/draft.ts';
import { type Drafted, DraftTable } from './nodes/draft-table.ts';
import { type LinkedEntry, linkEntries } from './nodes/entries.ts';
import { entrySpan } from './nodes/entry-span.ts';
import { linkExposure } from './nodes/exposure.ts';
import { linkTest } from './nodes/generic-test.ts';
import { linkGroup } from './nodes/group.ts';
import { createHookCapturer, hasHooks } from './nodes/hooks.ts';
import { addNode, type Linking } from './nodes/linking.ts';
import type { MacroTable } from './nodes/macro-nodes.ts';
import { patchMacros } from './nodes/macro-patches.ts';
import { inferPrimaryKeys } from './nodes/primary-keys.ts';
import { linkSource, type SourceEntry } from './nodes/source.ts';
import { overrideSources } from './nodes/source-overrides.ts';
import { yamlSnapshot } from './nodes/yaml-snapshots.ts';
import { linkSemantics } from './semantic/link-semantics.ts';
import { testOwner } from './tests/test-owner.ts';
import { linkUnitTests } from './unit-tests/link-unit-tests.ts';

/** Puts together what all files say: from here on, files are no more. */
export function linkFiles(linking: Linking, files: readonly LoadedFile[], macros: MacroTable): Capturer {
  const capturer = createCapturer(linking);
  const drafts = new DraftTable();
  for (const draft of draftsOfAll(linking, files)) drafts.add(linking, drafted(linking, capturer, draft));
  const entries = linkEntries(linking, files);
  for (const entry of entries) {
    const draft = yamlSnapshot(linking, entry);
    if (draft) drafts.add(linking, drafted(linking, capturer, draft));
  }
  const described = applyPatches(linking, entries, drafts);
  const constrained = new Set<string>();
  const nodes = buildNodes(linking, drafts, constrained);
  linkTests(linking, described, nodes);
  linkOthers(linking, entries);
  linkUnitTests(linking, entries, files);
  patchMacros(linking, entries, macros);
  inferPrimaryKeys(linking, constrained);
  checkDescriptions(linking, entries, (linked) =>
    linked.entry.section === 'macros'
      ? macros.macros.has(`macro.${linked.file.found.packageName}.${linked.entry.name}`)
      : described.get(linked)?.some((one) => nodes.get(one)?.config.enabled) === true,
  );
  checkNodes(linking);
  const unused = unusedSettings(linking);
  if (unused) linking.report(unused);
  for (const problem of [...misspeltSettings(linking), ...strayValues(linking)]) linking.report(problem);
  return capturer;
}

function draftsOfAll(linking: Linking, files: readonly LoadedFile[]): readonly Draft[] {
  const { packages, settings } = linking.world;
  const drafts: Draft[] = [];
  for (const file of files) {
    const root = packages.get(file.found.packageName)?.root ?? settings.root;
    for (const draft of draftsOf(file, root)) drafts.push(draft);
  }
  for (const one of packages.values()) drafts.push(...hookDrafts(one));
  return drafts;
}

function drafted(linking: Linking, capturer: Capturer, draft: Draft): Drafted {
  const captured = capturer.capture(draft);
  const { kind, packageName, fqn } = draft;
  const enabled = linking.configurator.enabled({ kind, packageName, fqn, call: captured.config });
  return { draft, captured, enabled, patch: undefined };
}

function buildNodes(linking: Linking, drafts: DraftTable, constrained: Set<string>): ReadonlyMap<Drafted, Node> {
  const nodes = new Map<Drafted, Node>();
  const captureHooks = createHookCapturer(linking);
  for (const one of drafts.all) {
    const { draft, patch } = one;
    let { captured } = one;
    const configured = configureDraft(linking, draft, captured, patch);
    if (draft.type !== 'test' && hasHooks(configured.config)) {
      captured = captureHooks(draft, captured, configured.config, () => provisionalNode(linking, draft));
      if (draft.type === 'seed') captured = withoutReads(linking, draft, captured);
    }
    const isConstrained = patch !== undefined && draft.type === 'model' && hasConstraints(patch);
    if (patch && isConstrained) captured = withForeignKeys(linking, captured, patch, entrySpan(patch));
    const node = buildNode(linking, draft, captured, patch, configured);
    if (isConstrained) constrained.add(node.unique_id);
    if (patch && node.resource_type === 'model' && (isConstrained || node.contract.enforced)) {
      finishContract(linking, node, patch, entrySpan(patch));
    }
    nodes.set(one, node);
    addNode(linking, node);
  }
  return nodes;
}

/** A seed is loaded before anything that could be read: its hooks cannot refer to anything. */
function withoutReads(linking: Linking, draft: Draft, captured: Drafted['captured']): Drafted['captured'] {
  const [first] = [
    ...captured.refs.map(({ name, span }) => ({ name, span })),
    ...captured.sources.map(({ table: name, span }) => ({ name, span })),
  ];
  if (first === undefined) return captured;
  const message = `A hook of seed '${draft.name}' reads '${first.name}', but seeds cannot depend on anything`;
  linking.report(error('parse/seed-hook', message, { span: { ...draft.definition, end: draft.definition.start } }));
  return { ...captured, refs: [], sources: [] };
}

function linkTests(linking: Linking, described: Described, nodes: ReadonlyMap<Drafted, Node>): void {
  for (const [{ entry, file, content }, drafted] of described) {
    if (content.kind !== 'described') continue;
    if (content.tests.length === 0 && content.versions === undefined) continue;
    const [first] = drafted;
    const { name } = entry;
    const fileKey = `${entry.section}.${name}`;
    const owner = testOwner(file, fileKey, { kind: 'node', name }, first && nodes.get(first));
    for (const test of content.tests) linkTest(linking, test, owner);
    for (const { version, tests } of content.versions ?? []) {
      const of = drafted.find(({ patch }) => patch?.version?.version === version);
      const versionOwner = testOwner(file, fileKey, { kind: 'node', name, version }, of && nodes.get(of));
      for (const test of tests) linkTest(linking, test, versionOwner);
    }
  }
}

function linkOthers(linking: Linking, entries: readonly LinkedEntry[]): void {
  const sources: SourceEntry[] = [];
  for (const { entry, file, content, details, unrendered } of entries) {
    if (content.kind === 'source') sources.push({ entry, file, content, details, unrendered, patchPath: null });
    else if (content.kind === 'other') {
      if (entry.section === 'exposures') linkExposure(linking, file, entry, content);
      else if (entry.section === 'groups') linkGroup(linking, file, entry, content);
      else linkSemantics(linking, { file, entry, raw: details().raw ?? {} });
    }
  }
  for (const source of overrideSources(linking, sources)) linkSource(linking, source);
}
