import { hash } from 'node:crypto';
import type { Diagnostic, GraphNode, Node, Span } from '../../core/index.ts';
import type { FileRecord, KeptRendering } from '../files/file-facts.ts';
import { type LoadedFile, readRecord } from '../files/load-files.ts';
import { createMacroSearch } from '../macros/macro-search.ts';
import { baseName } from '../names/fqn.ts';
import { createCapturer } from '../nodes/capture-drafts.ts';
import { draftsOf } from '../nodes/code-drafts.ts';
import { createLinking, createWorld } from '../nodes/create-linking.ts';
import { withFields } from '../nodes/lazy.ts';
import { argumentsProperty } from '../nodes/read-again.ts';
import type { ParseProjectInput, Project, ProjectStamp } from '../project.ts';
import { showsFlags } from '../rendering/parse-scope.ts';
import type { Captured } from '../sql/captured.ts';
import { type PackedCalls, packCalls } from '../sql/sql-facts.ts';
import type { ChangedFile } from './stamp.ts';

/** One text for what code calls, wherever in the file; empty where something is wrong with it, or it is no code. */
export function callsMark(
  { facts, diagnostics }: FileRecord,
  renderings: Readonly<Record<string, KeptRendering>> | undefined,
): string {
  const rendering = renderings?.[''];
  if (facts.kind !== 'sql' || diagnostics.length > 0 || rendering?.diagnostics) return '';
  const calls = (rendering?.calls as PackedCalls | undefined) ?? facts.calls;
  return calls === undefined ? '' : markOf(calls);
}

function markOf({ refs = [], sources = [], config, macros, metrics, functions }: PackedCalls): string {
  const called = [refs.map((ref) => ref.slice(0, 3)), sources.map((source) => source.slice(0, 2))];
  return hash('sha1', JSON.stringify([...called, config, macros, metrics, functions]), 'base64').slice(0, 16);
}

/** Whether the outcome of a rendering depends on the command line. */
export function readsFlags({ reads }: KeptRendering): boolean {
  return showsFlags.some((name) => name in reads.names);
}

/** What edited code is read with: the project as it was before. */
export interface BeforeEdits {
  readonly input: ParseProjectInput;
  readonly project: Pick<Project, 'macros' | 'docs'>;
  readonly stamp: Pick<ProjectStamp, 'env' | 'readsFlags'>;
  readonly nodeOf: (id: string) => GraphNode | undefined;
}

/**
 * The nodes of files that were edited without any change to what they call and how they are set up: nothing else in the
 * project depends on more of them. Undefined where that cannot be said, and the project has to be put together anew.
 */
export function editedCode(files: readonly ChangedFile[], before: BeforeEdits): readonly Node[] | undefined {
  const read = createReader(before);
  const nodes: Node[] = [];
  for (const file of files) {
    const node = read(file);
    if (node === undefined) return undefined;
    nodes.push(node);
  }
  return nodes;
}

function createReader({ input, project, stamp, nodeOf }: BeforeEdits): (file: ChangedFile) => Node | undefined {
  const { settings, packages, environment, shelves } = input;
  const problems: Diagnostic[] = [];
  const env = new Set(stamp.env);
  let readsMore = false;
  const report = (diagnostic: Diagnostic): void => void problems.push(diagnostic);
  const world = createWorld(input, {
    macros: project.macros,
    search: createMacroSearch(
      project.macros.values(),
      settings,
      packages,
      [shelves.adapter.type],
      shelves.adapter.capabilities.ownMacros,
    ),
    docs: project.docs,
    // Only renderings that are kept need it.
    versionOf: () => '',
    onEnv: (name) => {
      if (!env.has(name)) readsMore = true;
    },
    report,
  });
  const linking = createLinking(world, report, environment.startedAt.getTime() / 1000, () => true);
  const capturer = createCapturer(linking);
  return ({ found, seen }) => {
    const [key, , , mark] = seen;
    const node = mark === '' ? undefined : nodeOf(`${found.kind}.${found.packageName}.${baseName(found.relativePath)}`);
    if (node === undefined || node.resource_type !== found.kind || node.origin.definition.file !== found.file) {
      return undefined;
    }
    const { statements } = shelves.adapter;
    const record = readRecord(found, {
      quote: (identifier) => statements.quote(identifier),
      argumentsProperty: argumentsProperty(settings.flags),
    });
    if (record === undefined || record.diagnostics.length > 0) return undefined;
    const file: LoadedFile = { found, key, record };
    const [draft] = draftsOf(file, packages.get(found.packageName)?.root ?? settings.root);
    if (draft === undefined) return undefined;
    const captured = capturer.capture(draft);
    const rendering = capturer.kept.get(file)?.[''];
    if (problems.length > 0 || readsMore || (rendering && readsFlags(rendering) && !stamp.readsFlags)) return undefined;
    if (markOf(packCalls(captured, found.file)) !== mark || !hasAll(node, captured)) return undefined;
    // Unit tests have to say what such a model is to think of itself: whether they do is found when all is put together.
    if (asksItself(draft.rawCode()) !== asksItself((node as Node).raw_code)) return undefined;
    return withFields<Node>(node as Node, {
      checksum: draft.checksum,
      raw_code: draft.rawCode(),
      origin: {
        ...node.origin,
        definition: draft.definition,
        refs: spansOf(captured.refs),
        sources: spansOf(captured.sources),
      },
    });
  };
}

const asksItself = (code: string): boolean => code.includes('is_incremental');

/** Whether a node reads nothing but what its code reads: hooks and foreign keys may stand behind that. */
function hasAll({ origin }: GraphNode, { refs, sources }: Captured): boolean {
  return refs.length === (origin.refs?.length ?? 0) && sources.length === (origin.sources?.length ?? 0);
}

function spansOf(items: readonly { readonly span: Span }[]): readonly Span[] | undefined {
  return items.length === 0 ? undefined : items.map(({ span }) => span);
}
