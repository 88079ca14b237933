import type { Graph } from '../../2-graph/index.ts';
import { findChanges } from '../../3-compile/index.ts';
import type { OpenBase } from '../../cli/base/base.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { Diagnostic, ProjectChanges, ReviewedState } from '../../core/index.ts';
import { baseOfManifest } from './base-manifest.ts';
import { loadBase } from './base-project.ts';

/** What a comparison of two states of a project found. */
export interface ChangesOutcome {
  readonly changes: ProjectChanges;
  readonly base: ReviewedState;
  /**
   * What has to be said: packages that could not be compared, an accepted break that is wrong or over
   * (`changes/accept-breaking`, `changes/accept-expired`). Problems of the head's own files are in `loaded.diagnostics`.
   */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Unique ids of tests and unit tests that are new or other than they were, in the order of the graph. They are in none
   * of the lists of `changes`: there they are reasons of the node that they test.
   */
  readonly tests: readonly string[];
  /** The base's nodes, as far as the comparison needs them: with the head's target for a commit, else with their own. */
  readonly baseGraph: Graph;
}

/**
 * What is different between a loaded project, the head, and an earlier state of it, by meaning; no warehouse is asked.
 * Both sides are compiled for the head's target with the head's variables of the command line; a base that is a manifest
 * has no variables of its own project file, so that the head's count there.
 *
 * A project whose files cannot be parsed (an error in `loaded.diagnostics`) is not to be handed in.
 *
 * @param base opened with `withBase` of cli/base.
 * @throws Problem where the base's project file cannot be read.
 */
export async function changesOf(loaded: Loaded, base: OpenBase, call: Call, host: Host): Promise<ChangesOutcome> {
  const { side, diagnostics } =
    base.kind === 'folder'
      ? loadBase(base, loaded, call)
      : { side: baseOfManifest(base.manifest, loaded), diagnostics: [] };
  const today = host.now().toISOString().slice(0, 10);
  const found = await findChanges(side, loaded, today);
  return {
    changes: found.changes,
    base: base.state,
    diagnostics: [...base.diagnostics, ...diagnostics, ...found.diagnostics],
    tests: found.tests,
    baseGraph: side.graph,
  };
}
