import type { Project } from '../1-parse/index.ts';
import type { Diagnostic, GraphNode, TestNode, UnitTestNode } from '../core/index.ts';

/** A project whose names are resolved: who reads whom, in which order. */
export interface Graph {
  readonly project: Project;
  /** Enabled nodes, sources, exposures and unit tests, `depends_on.nodes` filled. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** Direct parents and children of every node, without duplicates, in a stable order. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** Every id after all that it depends on; equal inputs give the equal order. Nodes of a circle come last. */
  readonly order: readonly string[];
  /** Tests that were left out because something that they read or test is disabled or does not exist. */
  readonly dropped: ReadonlyMap<string, TestNode | UnitTestNode>;
  /** Unknown names, circles, layer violations, duplicates, faulty selectors. */
  readonly diagnostics: readonly Diagnostic[];
}
