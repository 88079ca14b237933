import { readFileSync } from 'node:fs';
import type { Project } from '../../../src/1-parse/index.ts';
import type { IndirectSelection } from '../../../src/2-graph/index.ts';
import type { ExposureNode, Json, Node, SourceNode } from '../../../src/core/index.ts';
import { project } from './project-builder.ts';

/** What dbt 1.11.16 answered to `dbt ls` on a project of ours, whose manifest, cut down, stands with the answers. */
export interface RecordedSelections {
  readonly project: {
    readonly nodes: Readonly<Record<string, Node>>;
    readonly sources: Readonly<Record<string, SourceNode>>;
    readonly exposures: Readonly<Record<string, ExposureNode>>;
    readonly disabled: Readonly<Record<string, readonly (Node | SourceNode | ExposureNode)[]>>;
  };
  readonly selectors: readonly { readonly name: string; readonly definition: Json; readonly description?: string }[];
  /** All ids, to which the numbers in `cases` point. */
  readonly ids: readonly string[];
  readonly cases: readonly RecordedCase[];
}

export interface RecordedCase {
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly selector?: string;
  readonly indirectSelection?: IndirectSelection;
  readonly resourceTypes?: readonly string[];
  readonly excludeResourceTypes?: readonly string[];
  readonly ids?: readonly number[];
  /** Criteria that dbt warned about. */
  readonly nothing?: readonly string[];
  readonly error?: string;
}

export function readRecorded(): RecordedSelections {
  return JSON.parse(readFileSync(new URL('fixtures/selection.json', import.meta.url), 'utf8'));
}

/** The recorded manifest as the parser would give it: `depends_on.nodes` still empty. */
export function recordedProject(recorded: RecordedSelections): Project {
  const { nodes, sources, exposures, disabled } = recorded.project;
  const unlinked = [...Object.values(nodes), ...Object.values(exposures)].map((node) => ({
    ...node,
    refs: node.refs ?? [],
    sources: node.sources ?? [],
    metrics: [],
    depends_on: { nodes: [], macros: [] },
    origin: { definition: { file: node.original_file_path, start: 0, end: 0 } },
    ...(node.resource_type === 'test' ? { test_metadata: node.test_metadata ?? null } : {}),
    ...(node.resource_type === 'model' ? { version: node.version ?? null, layer: null } : {}),
  }));
  return project([...(unlinked as Node[]), ...Object.values(sources)], {
    disabled: Object.values(disabled)
      .flat()
      .map((node) => ({ ...node, origin: { definition: { file: node.original_file_path, start: 0, end: 0 } } })),
    selectors: recorded.selectors,
  });
}
