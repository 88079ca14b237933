import { stageOf } from '../../1-parse/index.ts';
import { readElsewhere } from '../../2-graph/index.ts';
import { createPlan, type Plan } from '../../4-plan/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { type Diagnostic, error, Problem, type Relation, type SourceNode } from '../../core/index.ts';
import { inlineIdOf, withInline } from '../inline.ts';
import { withAskedKeys } from '../partitions/asked-keys.ts';
import { selectNodes } from '../select.ts';
import { hasError } from '../unusable.ts';

/** What a command works on, before anybody has asked which partitions of it. */
export interface Chosen {
  /** With the SQL of `--inline` as a node, and with the keys that a query has. */
  readonly loaded: Loaded;
  readonly selected: readonly string[];
  readonly plan: Plan;
  /** The node of `--inline`. */
  readonly inlineId: string | undefined;
}

/**
 * From what the call selects to steps.
 *
 * @param deferred what is read elsewhere and is not built, by unique id. Default: nothing is.
 * @returns `chosen` is undefined where a diagnostic is an error.
 */
export async function chooseSteps(
  project: Loaded,
  call: Call,
  host: Host,
  deferred?: ReadonlyMap<string, Relation>,
): Promise<{ readonly chosen: Chosen | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const { inline } = call;
  if (hasError(project.diagnostics)) return { chosen: undefined, diagnostics: project.diagnostics };
  const given = inline === undefined ? project : { ...project, graph: withInline(project.graph, inline) };
  const inlineId = inline === undefined ? undefined : inlineIdOf(given.graph);
  const selection = inlineId ? { ids: [inlineId], diagnostics: [] } : await selectNodes(given, call);
  const known = [...given.diagnostics, ...selection.diagnostics];
  if (hasError(known)) return { chosen: undefined, diagnostics: known };
  const plan = planOf(given, call, selection.ids, deferred);
  const asked = await withAskedKeys(given, plan, call, host);
  const diagnostics = [...known, ...asked.diagnostics];
  if (hasError(diagnostics)) return { chosen: undefined, diagnostics };
  return { chosen: { loaded: asked.loaded, selected: selection.ids, plan, inlineId }, diagnostics };
}

const actions = new Map<string, Plan['action']>([
  ['build', 'run'],
  ['run', 'run'],
  ['seed', 'run'],
  ['snapshot', 'run'],
  ['test', 'run'],
  ['backfill', 'run'],
  ['clone', 'clone'],
  ['compile', 'compile'],
  ['freshness', 'freshness'],
]);

/** Of a program that asks for a run what is none, such as `clean`, nothing must be built. */
function actionOf({ command }: Call): Plan['action'] {
  const action = actions.get(command);
  if (action) return action;
  throw new Problem(
    error('cli/unknown-command', `'${command}' is no command that runs nodes`, {
      hint: `Those that do are ${[...actions.keys()].join(', ')}`,
    }),
  );
}

function planOf(
  { graph, shelves }: Loaded,
  call: Call,
  selected: readonly string[],
  deferred?: ReadonlyMap<string, Relation>,
): Plan {
  const read = deferred ? readElsewhere(graph, new Set(deferred.keys())) : graph;
  return createPlan(read, {
    command: call.command,
    action: actionOf(call),
    withEphemeral: call.select.length > 0 && call.args.which !== 'generate',
    selected,
    testsBlock: testsBlock(call),
    isLoaded: loads(call.command) && shelves.adapter.capabilities.loadsFiles ? isStaged : undefined,
    withProjectHooks:
      call.command !== 'freshness' || graph.project.settings.flags.source_freshness_run_project_hooks !== false,
  });
}

/** Whether tests stand between a node and what is below it. */
export const testsBlock = ({ command }: Call): boolean => command === 'build' || command === 'backfill';

/** Commands that bring the files of a source into its table before they build what reads it. */
const loads = (command: string): boolean => ['build', 'run', 'snapshot', 'backfill'].includes(command);

const isStaged = (source: SourceNode): boolean => stageOf(source) !== undefined;
