import type { ProjectSettings } from '../../1-parse/index.ts';
import type { Graph, NodeCounts } from '../../2-graph/index.ts';
import type { ManifestBase } from '../../6-record/index.ts';
import type { CodeNode, Diagnostic, Environment, Shelves } from '../../core/index.ts';
import type { Scope } from '../../jinja/index.ts';

/** What the project file alone says. */
export interface OpenedProject {
  readonly root: string;
  readonly settings: ProjectSettings;
  /** Absolute, `--target-path` considered. */
  readonly targetPath: string;
  /** What templates in the list of packages can use. */
  readonly packageListScope: Scope;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Loaded {
  readonly graph: Graph;
  readonly environment: Environment;
  readonly shelves: Shelves;
  /** Of parsing and of the graph. With an error among them nothing can be run. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where the graph was kept by an earlier command: what is known of it besides. */
  readonly restored?: Restored | undefined;
}

/** A graph that was not made from files, but kept, and changed where code was edited since. */
export interface Restored {
  /** The manifest of the project as it was kept. */
  readonly base: ManifestBase;
  /** Fingerprint of the graph that is kept, without edits. */
  readonly graph: string;
  readonly counts: NodeCounts;
  /** Ids of the models that are kept by lists of keys. */
  readonly keyed: readonly string[];
  /** What is other than in the kept graph, by unique id. */
  readonly edits: Readonly<Record<string, Pick<CodeNode, 'checksum' | 'origin'>>>;
  /** Whether all of this is kept already. */
  readonly isCurrent: boolean;
}

/** What there is to say of a project that is as it was the last time. */
export interface Unchanged {
  readonly counts: NodeCounts;
  readonly diagnostics: readonly Diagnostic[];
}
