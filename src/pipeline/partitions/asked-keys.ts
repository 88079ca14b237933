import { settingPlace } from '../../1-parse/index.ts';
import { createQuietCompiler } from '../../3-compile/index.ts';
import type { Plan } from '../../4-plan/index.ts';
import { isStoreFailure, openStore, readPartitionKeys, type Store, setPartitionKeys } from '../../6-record/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  type Cell,
  type Diagnostic,
  error,
  type ModelNode,
  Problem,
  type Session,
  StatementError,
  warning,
} from '../../core/index.ts';
import { TemplateError } from '../../jinja/index.ts';
import { stateFile, targetKey } from '../locations.ts';
import { type KeyListUse, keyListsOf, withKeys } from './partition-keys.ts';

/**
 * Asks the warehouse for the keys of what a plan builds, where a query has them, and keeps them in the state store: later
 * commands say the same without asking. Where a query cannot be answered, the keys are those that are known.
 */
export async function withAskedKeys(
  loaded: Loaded,
  { action, steps }: Plan,
  call: Call,
  host: Host,
): Promise<{ readonly loaded: Loaded; readonly diagnostics: readonly Diagnostic[] }> {
  const ids = action === 'run' ? steps.map(({ nodeId }) => nodeId) : [];
  const asked = keyListsOf(loaded, new Set(ids)).filter(({ query }) => query !== undefined);
  if (asked.length === 0) return { loaded, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const { store, diagnostics: problems } = await openStore(stateFile(loaded, call));
  diagnostics.push(...problems);
  const { shelves, environment } = loaded;
  const warehouse = await shelves.adapter.connect(environment.target.output, { threads: 1 });
  try {
    const session = await warehouse.openSession();
    const keys = new Map(loaded.graph.project.settings.dynamicKeys);
    for (const list of asked) {
      const found = await answerOf(list, loaded, session);
      if (found.problem) diagnostics.push(found.problem);
      if (found.keys) keys.set(list.name, kept(list, found.keys, { store, loaded, at: host.now().getTime() }));
    }
    return { loaded: withKeys(loaded, keys), diagnostics };
  } finally {
    await warehouse.close();
    store?.close();
  }
}

interface Keeping {
  readonly store: Store | undefined;
  readonly loaded: Loaded;
  readonly at: number;
}

/** Keys keep the order in which they came; those that come together are sorted, so that equal answers give equal plans. */
function kept({ name }: KeyListUse, keys: readonly string[], { store, loaded, at }: Keeping): readonly string[] {
  if (!store) return keys;
  const target = targetKey(loaded);
  try {
    setPartitionKeys(store, { target, list: name }, keys, at);
    return readPartitionKeys(store, target).get(name) ?? [];
  } catch (failure) {
    if (!isStoreFailure(failure)) throw failure;
    // What the warehouse says counts, whether or not it can be kept for those that only look.
    return keys;
  }
}

interface Answer {
  /** Undefined: nobody could say. */
  readonly keys?: readonly string[];
  readonly problem?: Diagnostic | undefined;
}

async function answerOf(list: KeyListUse, loaded: Loaded, session: Session): Promise<Answer> {
  const [node] = list.models as readonly [ModelNode, ...ModelNode[]];
  const { package_name, original_file_path } = node;
  const compiler = createQuietCompiler(loaded);
  try {
    const owner = { resource_type: 'macro', package_name, original_file_path } as const;
    const { rows } = await session.query(await compiler.render(list.query ?? '', owner, session));
    const texts = rows.flatMap(([cell]) => (cell === null || cell === undefined || cell === '' ? [] : textOf(cell)));
    const problem = texts.length < rows.length ? nameless(node) : undefined;
    return { keys: [...new Set(texts)].sort(), problem };
  } catch (failure) {
    if (!(failure instanceof StatementError || failure instanceof TemplateError || failure instanceof Problem)) {
      throw failure;
    }
    return { problem: unanswered(node, loaded.graph.project.settings.dynamicKeys?.get(list.name) ?? [], failure) };
  }
}

function nameless(node: ModelNode): Diagnostic {
  const message = `A key that '${node.name}' is kept by is null or empty: rows with it are in no partition, and are left out`;
  const hint = "Give it a name in what is read, as in coalesce(region, 'unknown'), or leave it out of the query";
  return warning('plan/partition-keys', message, { span: settingPlace(node, 'partitions'), hint });
}

function unanswered(
  node: ModelNode,
  known: readonly string[],
  failure: StatementError | TemplateError | Problem,
): Diagnostic {
  const message = `Nobody can say which keys '${node.name}' is kept by: ${failure.message.split('\n')[0]}`;
  const span = settingPlace(node, 'partitions');
  // What the template itself does wrong, no build mends.
  if (failure instanceof TemplateError && !(failure.cause instanceof StatementError)) {
    return error('plan/partition-keys', message, { span, hint: failure.hint });
  }
  const hint =
    known.length > 0
      ? `The keys that are known count: ${known.join(', ')}`
      : 'Where what the query reads is not built yet, build it first, and then this model';
  return warning('plan/partition-keys', message, { span, hint });
}

const textOf = (cell: Exclude<Cell, null>): string => (typeof cell === 'object' ? JSON.stringify(cell) : String(cell));
