import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type ChangedFile,
  changedFiles,
  editedCode,
  type ParseProjectInput,
  type ProjectStamp,
  type SeenFile,
  seenNow,
  withFields,
} from '../../1-parse/index.ts';
import {
  type Graph,
  keepGraph,
  knowCounts,
  type NodeCounts,
  nodeCounts,
  type RestoredGraph,
  restoreGraph,
} from '../../2-graph/index.ts';
import { damagedFile, HeldFile, KeptManifest, renewManifest, writeAtomically } from '../../6-record/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Loaded, Unchanged } from '../../cli/engine/loaded.ts';
import { type CodeNode, type Diagnostic, type GraphNode, type Node, seal, unseal } from '../../core/index.ts';
import { keyListsOf } from '../partitions/partition-keys.ts';
import type { Preparation } from './preparation.ts';
import { judgeWarnings, warningRules } from './warn-error.ts';

/** What there is to say of a project whose files are as they were when it was last read. */
interface LastParse {
  readonly stamp: ProjectStamp;
  readonly fingerprint: string;
  readonly counts: NodeCounts;
  readonly diagnostics: readonly Diagnostic[];
  /** Ids of the models that are kept by lists of keys. */
  readonly keyed: readonly string[];
  /** Fingerprint of the project whose graph is kept, and what is other in the nodes that were edited since. */
  readonly graph: string;
  readonly edits: Readonly<Record<string, Edit>>;
}

type Edit = Pick<CodeNode, 'checksum' | 'origin'>;

/** A project that was kept, and the files that were edited since. */
export interface KeptProject {
  readonly last: LastParse;
  readonly changed: readonly ChangedFile[];
}

/** With more edited files than these, the project is read anew. */
const mostChanges = 20;
/** With more edited nodes than these, the graph is kept anew. */
const mostEdits = 200;

/**
 * Keeps what was found, for commands to come. Not for projects in which a model has a date of deprecation: what there is
 * to say of them changes by itself.
 */
export function keepParse({ graph, restored }: Pick<Loaded, 'graph' | 'restored'>): void {
  const { project, diagnostics } = graph;
  const { stamp, fingerprint, settings } = project;
  if (stamp === undefined || restored?.isCurrent || (!restored && agesByItself(graph))) return;
  const kept: LastParse = {
    stamp,
    fingerprint,
    counts: restored?.counts ?? nodeCounts(project),
    diagnostics: [...project.diagnostics, ...diagnostics],
    keyed: restored?.keyed ?? keyListsOf({ graph }).flatMap(({ models }) => models.map((model) => model.unique_id)),
    graph: restored?.graph ?? fingerprint,
    edits: restored?.edits ?? {},
  };
  try {
    if (!restored) writeAtomically(graphFile(settings), keepGraph(graph));
    writeAtomically(fileOf(settings), [seal(Buffer.from(JSON.stringify(kept)))]);
  } catch {
    // The next command then reads the project, which is no harm.
  }
}

function agesByItself({ project }: Graph): boolean {
  return [...project.nodes.values()].some((node) => node.resource_type === 'model' && node.deprecation_date !== null);
}

/** What was kept of a project, if no more has changed since than a few files. Files are looked at but not opened. */
export function keptProject({ input }: Preparation): KeptProject | undefined {
  const last = read(fileOf(input.settings));
  const changed = last && changedFiles(last.stamp, input, mostChanges);
  return last && changed && { last, changed };
}

/**
 * What was found the last time, its manifest renewed; undefined where anything has changed since that matters, the
 * manifest included, and where there are errors to tell.
 */
export function parseAgain(
  { input, problems }: Preparation,
  call: Call,
  kept: KeptProject | undefined,
): Unchanged | undefined {
  if (kept === undefined || kept.changed.length > 0) return undefined;
  const { settings, environment } = input;
  const { counts, diagnostics: found, fingerprint } = kept.last;
  const diagnostics = judgeWarnings([...problems, ...found], warningRules(call, settings));
  if (diagnostics.some(({ severity }) => severity === 'error')) return undefined;
  if (!existsSync(inTarget(settings, 'semantic_manifest.json'))) return undefined;
  const renewed = renewManifest({ settings, environment, path: manifestFile(settings), fingerprint });
  return renewed ? { counts, diagnostics } : undefined;
}

/**
 * The graph as it was kept, with what was edited since; undefined where the edits change more than code, or what was
 * kept is no longer there as a whole. The large parts of nodes are read from the manifest.
 */
export function restoreProject(
  { input }: Preparation,
  { last, changed }: KeptProject,
): Pick<Loaded, 'graph' | 'restored'> | undefined {
  const { settings, packages, selectors = new Map(), environment } = input;
  const kept = HeldFile.open(graphFile(settings));
  if (isMentioned(changed, last.diagnostics) || kept === undefined) return undefined;
  const manifest = KeptManifest.open(manifestFile(settings), last.fingerprint);
  if (manifest === undefined) return undefined;
  const found = restoreGraph(kept, {
    fingerprint: last.graph,
    project: { settings, packages, selectors },
    diagnostics: last.diagnostics,
    damaged: () => damagedFile(graphFile(settings)),
    large: (place) => manifest.entry(place) as unknown as CodeNode,
  });
  if (found === undefined) return undefined;
  replaceEdited(found, last.edits);
  const nodes = editedNodes(found.graph, input, last, changed);
  if (nodes === undefined) return undefined;
  for (const node of nodes) found.replace(node);
  const fingerprint = fingerprintOf(last.fingerprint, nodes);
  const stamp = { ...last.stamp, files: filesNow(last.stamp.files, changed, environment.startedAt) };
  const edits = { ...last.edits, ...editsOf(nodes) };
  if (Object.keys(edits).length > mostEdits) return undefined;
  const project = { ...found.graph.project, fingerprint, stamp };
  knowCounts(project, last.counts);
  return {
    graph: { ...found.graph, project },
    restored: {
      base: { kept: manifest, changed: new Set(nodes.map((node) => node.unique_id)) },
      graph: last.graph,
      counts: last.counts,
      keyed: last.keyed,
      edits,
      isCurrent: changed.length === 0,
    },
  };
}

/** A place in an edited file would be another now. */
function isMentioned(changed: readonly ChangedFile[], diagnostics: readonly Diagnostic[]): boolean {
  const files = new Set(changed.map(({ found }) => found.file));
  const isIn = (span: Diagnostic['span']): boolean => span !== undefined && files.has(span.file);
  return diagnostics.some(({ span, notes = [] }) => isIn(span) || notes.some((note) => isIn(note.span)));
}

function replaceEdited({ graph, replace }: RestoredGraph, edits: LastParse['edits']): void {
  for (const [id, edit] of Object.entries(edits)) {
    const node = graph.nodes.get(id);
    if (node) replace(withFields(node as Node, edit));
  }
}

/** The nodes that are other now; undefined where an edit changes more than its own node. */
function editedNodes(
  graph: Graph,
  input: ParseProjectInput,
  { stamp }: LastParse,
  changed: readonly ChangedFile[],
): readonly Node[] | undefined {
  if (changed.length === 0) return [];
  const nodeOf = (id: string): GraphNode | undefined => graph.nodes.get(id);
  const nodes = editedCode(changed, { input, project: graph.project, stamp, nodeOf });
  return nodes?.filter((node) => {
    const { checksum, origin } = nodeOf(node.unique_id) as Node;
    // A file may only be touched; blanks before its code are no part of it, but move every place in it.
    return checksum.checksum !== node.checksum.checksum || origin.definition.start !== node.origin.definition.start;
  });
}

function editsOf(nodes: readonly Node[]): LastParse['edits'] {
  return Object.fromEntries(nodes.map(({ unique_id: id, checksum, origin }) => [id, { checksum, origin }]));
}

function fingerprintOf(before: string, nodes: readonly Node[]): string {
  if (nodes.length === 0) return before;
  const parts = nodes.map(
    ({ unique_id: id, checksum, origin }) => `${id} ${checksum.checksum} ${origin.definition.start}`,
  );
  return hash('sha256', [before, ...parts].join('\n'));
}

function filesNow(files: readonly SeenFile[], changed: readonly ChangedFile[], startedAt: Date): readonly SeenFile[] {
  if (changed.length === 0) return files;
  const now = new Map(changed.map((file) => [file.seen, file]));
  return files.map((seen) => {
    const file = now.get(seen);
    return file ? seenNow(seen[0], file.mtime, file.size, seen[3], startedAt) : seen;
  });
}

type Settings = ParseProjectInput['settings'];

const inTarget = ({ root, targetPath }: Settings, name: string): string => join(resolve(root, targetPath), name);
const fileOf = (settings: Settings): string => inTarget(settings, 'ingot-last-parse.txt');
const graphFile = (settings: Settings): string => inTarget(settings, 'ingot-graph.bin');
const manifestFile = (settings: Settings): string => inTarget(settings, 'manifest.json');

/** Undefined where there is none, or not as it was written. */
function read(file: string): LastParse | undefined {
  try {
    const bytes = unseal(readFileSync(file));
    return bytes && (JSON.parse(bytes.toString()) as LastParse);
  } catch {
    return undefined;
  }
}
