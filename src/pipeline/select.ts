import { join } from 'node:path';
import { type PreviousState, type Selection, select } from '../2-graph/index.ts';
import { readManifest, readRunResults } from '../6-record/index.ts';
import type { Call, Loaded } from '../cli/engine.ts';
import { judgeWarnings, warningRules } from './warn-error.ts';

/** What each command acts on when nothing else is asked for. Undefined: every type. */
const typesOf: Readonly<Record<string, readonly string[] | undefined>> = {
  run: ['model'],
  seed: ['seed'],
  test: ['test', 'unit_test'],
  snapshot: ['snapshot'],
  show: ['model', 'seed', 'snapshot', 'analysis'],
  build: ['model', 'seed', 'snapshot', 'test', 'unit_test', 'exposure'],
  compile: ['model', 'snapshot', 'test', 'analysis', 'seed'],
  ls: ['model', 'seed', 'snapshot', 'test', 'source', 'exposure', 'unit_test'],
};

/** What the call selects, in graph order. */
export async function selectNodes({ graph, environment }: Loaded, call: Call): Promise<Selection> {
  if (call.only) {
    const wanted = new Set(call.only);
    return { ids: graph.order.filter((id) => wanted.has(id)), diagnostics: [] };
  }
  const { ids, diagnostics } = select(graph, {
    select: call.select,
    exclude: call.exclude,
    selector: call.selector,
    indirectSelection: call.indirectSelection,
    resourceTypes: call.resourceTypes ?? typesOf[call.command],
    excludeResourceTypes: call.excludeResourceTypes,
    includeEmptyNodes: call.command === 'ls',
    now: environment.startedAt,
    previous: call.state === undefined ? undefined : readState(call.state),
  });
  return { ids, diagnostics: judgeWarnings(diagnostics, warningRules(call, graph.project.settings.flags)) };
}

function readState(folder: string): PreviousState {
  const manifest = readManifest(join(folder, 'manifest.json'));
  const results = readRunResults(join(folder, 'run_results.json'));
  return {
    manifest,
    results: results && new Map(results.results.map((result) => [result.nodeId, result.status])),
  };
}
