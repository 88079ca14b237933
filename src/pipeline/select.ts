import { join, resolve } from 'node:path';
import { isOfDbt } from '../1-parse/index.ts';
import { type PreviousState, type Selection, select } from '../2-graph/index.ts';
import { publishesAfterTests } from '../4-plan/index.ts';
import { readManifest, readRunResults, readSources } from '../6-record/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { Diagnostic } from '../core/index.ts';
import { judgeWarnings, warningRules } from './loading/warn-error.ts';

const built = ['model', 'seed', 'snapshot', 'test', 'unit_test', 'exposure', 'saved_query', 'function'];

/** What each command acts on when nothing else is asked for. Undefined: every type. */
const typesOf: Readonly<Record<string, readonly string[] | undefined>> = {
  run: ['model'],
  seed: ['seed'],
  test: ['test', 'unit_test'],
  snapshot: ['snapshot'],
  show: ['model', 'seed', 'snapshot', 'test', 'analysis'],
  build: built,
  backfill: built,
  compile: ['model', 'snapshot', 'test', 'analysis', 'seed', 'function'],
  clone: ['model', 'seed', 'snapshot'],
  quarantine: ['model', 'snapshot'],
  freshness: ['source'],
  sample: ['source', 'model', 'snapshot'],
  ls: [
    'model',
    'seed',
    'snapshot',
    'test',
    'source',
    'exposure',
    'metric',
    'saved_query',
    'semantic_model',
    'unit_test',
    'function',
  ],
};

/** What the call selects, in graph order. */
export async function selectNodes(loaded: Loaded, call: Call): Promise<Selection> {
  const { graph, environment } = loaded;
  if (call.only) return { ids: withTestsAgain(call.only, loaded, call), diagnostics: [] };
  const { settings } = graph.project;
  const { ids, diagnostics } = select(graph, {
    select: call.select,
    exclude: call.exclude,
    selector: call.selector,
    indirectSelection: call.indirectSelection,
    resourceTypes: resourceTypesOf(call),
    excludeResourceTypes: call.excludeResourceTypes,
    includeEmptyNodes: call.command === 'ls',
    now: environment.startedAt,
    previous: call.state === undefined ? undefined : await readState(call.state, loaded, call),
  });
  const judged = judgeWarnings(diagnostics, warningRules(call, settings));
  return { ids: withoutDone(ids, loaded, call), diagnostics: call.backfill ? judged.map(refused) : judged };
}

function withoutDone(ids: readonly string[], loaded: Loaded, call: Call): readonly string[] {
  if (!call.retryOf?.done) return ids;
  const done = new Set(call.retryOf.done);
  const left = ids.filter((id) => !done.has(id));
  return withTestsAgain(left, loaded, call);
}

/** In graph order. */
function withTestsAgain(only: readonly string[], loaded: Loaded, call: Call): readonly string[] {
  const wanted = new Set([...only, ...testsAgain(only, loaded, call)]);
  return loaded.graph.order.filter((id) => wanted.has(id));
}

/** As in dbt, a name that means nothing is mostly only warned of; of a backfill, what it leaves out would be missed late. */
function refused(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.code === 'graph/nothing-selected' ? { ...diagnostic, severity: 'error' } : diagnostic;
}

/** What was held back is built again: the tests that had passed passed for other rows. */
function testsAgain(only: readonly string[], { graph }: Loaded, { retryOf }: Call): readonly string[] {
  const held = new Set(
    only.filter((id) => {
      const node = graph.nodes.get(id);
      const keeps = node?.resource_type === 'model' || node?.resource_type === 'snapshot';
      return keeps && publishesAfterTests(node, graph);
    }),
  );
  const passed = held.size === 0 ? [] : (retryOf?.passed ?? []);
  return passed.filter((id) => {
    const node = graph.nodes.get(id);
    return node?.resource_type === 'test' && node.depends_on.nodes.some((parent) => held.has(parent));
  });
}

/** `test` runs nothing but tests, whatever else is asked for. */
function resourceTypesOf({ command, resourceTypes }: Call): readonly string[] | undefined {
  const known = typesOf[command];
  const wanted = resourceTypes?.flatMap((type) => groups[type]?.(known ?? []) ?? [type]);
  return command === 'test' && wanted ? known?.filter((type) => wanted.includes(type)) : (wanted ?? known);
}

/**
 * Whether `state:` looks at what code means. dbt's rule is that any other text counts: it holds in dbt projects, unless their
 * flag says otherwise.
 */
function comparesByMeaning({ graph: { project } }: Loaded, { select, exclude, selector }: Call): boolean {
  const asked = [...select, ...exclude, JSON.stringify(selector === undefined ? [] : [...project.selectors.values()])];
  if (!asked.some((text) => text.includes('state'))) return false;
  const { state_modified_by_meaning: flag = !isOfDbt(project.settings) } = project.settings.flags;
  return flag === true;
}

/** Words of `--resource-type` for several types. */
const groups: Readonly<Record<string, (known: readonly string[]) => readonly string[]>> = {
  default: (known) => known,
  all: (known) => [...known, ...(known.includes('source') ? ['analysis'] : [])],
};

async function readState(folder: string, loaded: Loaded, call: Call): Promise<PreviousState> {
  const { root, settings } = loaded.graph.project;
  const targetFolder = resolve(root, settings.targetPath);
  const manifest = readManifest(join(folder, 'manifest.json'));
  const results = readRunResults(join(folder, 'run_results.json'));
  const byMeaning = manifest && comparesByMeaning(loaded, call);
  return {
    folder,
    manifest,
    sameCode: byMeaning ? await (await import('./changes/same-code.ts')).sameCodeAs(manifest, loaded) : undefined,
    sources: readSources(join(folder, 'sources.json')),
    currentSources: readSources(join(targetFolder, 'sources.json')),
    results: results && new Map(results.results.map((result) => [result.nodeId, result.status])),
  };
}
