import {
  openProjectFile,
  type Project,
  parseCacheFile,
  parseProject,
  projectFileIn,
  readProject,
} from '../../1-parse/index.ts';
import { buildGraph, type Graph } from '../../2-graph/index.ts';
import type { ChangeSide } from '../../3-compile/index.ts';
import type { FolderBase } from '../../cli/base/base.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { type Diagnostic, Problem, warning } from '../../core/index.ts';
import { withProjectFlags } from '../loading/environment.ts';

/** A state of the project that something is compared with, and what has to be said of it. */
export interface BaseSide {
  readonly side: ChangeSide;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The project as it is in another folder, for the target of one that is loaded. Where there is none, nothing was there.
 *
 * @throws Problem where its project file cannot be read.
 */
export function loadBase(base: FolderBase, loaded: Loaded, call: Call): BaseSide {
  const { shelves } = loaded;
  if (projectFileIn(base.projectDir) === undefined) {
    return { side: { ...loaded, graph: emptyGraph(loaded.graph.project) }, diagnostics: [] };
  }
  const outside = { ...loaded.environment, projectRoot: base.projectDir };
  const { settings, packages, selectors, diagnostics } = readProject({
    file: openProjectFile(base.projectDir),
    environment: outside,
    functions: shelves.functions,
    versionCheck: call.versionCheck,
    targetPath: call.targetPath,
  });
  if (!settings) throw new Problem(...diagnostics);
  const environment = withProjectFlags(outside, settings.flags, call.given);
  // Most files are as they are in the head, and what they say is known from there.
  const cacheFile = call.partialParse ? parseCacheFile(loaded.graph.project.settings) : undefined;
  const input = { settings, packages, selectors, environment, shelves, cacheFile, keepsCache: false };
  const graph = buildGraph(parseProject(input));
  const problems = [...graph.project.diagnostics, ...graph.diagnostics].filter(({ severity }) => severity === 'error');
  return { side: { graph, environment, shelves }, diagnostics: problems.length > 0 ? [faulty(base, problems)] : [] };
}

/** What is wrong with the base is no fault of the head, whose files it has no places in. */
function faulty({ state }: FolderBase, [first, ...others]: readonly Diagnostic[]): Diagnostic {
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return warning(
    'changes/faulty-base',
    `${state.name} has errors, so that not all of it is compared: ${first?.message}${more}`,
  );
}

const none = new Map<string, never>();

/** A graph without nodes, with the settings of a project. */
function emptyGraph(project: Project): Graph {
  const empty: Project = {
    ...project,
    nodes: none,
    sources: none,
    exposures: none,
    unit_tests: none,
    functions: none,
    metrics: none,
    semantic_models: none,
    saved_queries: none,
    disabled: none,
    diagnostics: [],
  };
  return { project: empty, nodes: none, parents: none, children: none, order: [], dropped: none, diagnostics: [] };
}
