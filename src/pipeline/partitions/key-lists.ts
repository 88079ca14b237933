import { addPartitionKeys, inStore, openStore, readPartitionKeys, removePartitionKeys } from '../../6-record/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { KeysOutcome, KeysRequest } from '../../cli/engine/partitions.ts';
import { didYouMeanHint, error, Problem } from '../../core/index.ts';
import { stateFile, targetKey } from '../locations.ts';
import { type KeyListUse, keyListsOf } from './partition-keys.ts';

/** Lists the keys of dynamic partitions, adds some or takes some away. Throws `Problem` for a list that there is not. */
export async function handleKeys(loaded: Loaded, request: KeysRequest, call: Call, host: Host): Promise<KeysOutcome> {
  const uses = keyListsOf(loaded);
  const named = request.list === undefined ? uses : [listNamed(request.list, uses, loaded)];
  const { action, keys = [] } = request;
  const [first] = named;
  if (action !== 'keys' && first?.query !== undefined) throw new Problem(isAsked(first));
  if (action === 'add' && keys.includes('')) throw new Problem(isEmpty(first?.name ?? ''));
  const { store, diagnostics } = await openStore(stateFile(loaded, call));
  if (!store) return { exitCode: 2, diagnostics, lists: [], changed: [] };
  try {
    const target = targetKey(loaded);
    const list = { target, list: first?.name ?? '' };
    const { changed, known } = await inStore(store.file, () => ({
      changed:
        action === 'add'
          ? addPartitionKeys(store, list, keys, host.now().getTime())
          : action === 'remove'
            ? removePartitionKeys(store, list, keys)
            : [],
      known: readPartitionKeys(store, target),
    }));
    const lists = named.map(({ name, query, models }) => ({
      name,
      query: query ?? null,
      models: models.map((model) => model.name),
      keys: known.get(name) ?? [],
    }));
    return { exitCode: 0, diagnostics, lists, changed };
  } finally {
    store.close();
  }
}

/** A list by its own name, or by that of a definition of the project that is nothing but this list. */
function listNamed(name: string, uses: readonly KeyListUse[], { graph }: Loaded): KeyListUse {
  const [dimension, other] = graph.project.settings.partitions.get(name)?.dimensions ?? [];
  const defined = dimension?.kind === 'dynamic' && other === undefined ? dimension.keys : undefined;
  const found = uses.find((use) => use.name === name) ?? uses.find((use) => use.name === defined);
  if (found) return found;
  const names = uses.map((use) => use.name);
  const hint =
    didYouMeanHint(name, names) ??
    (names.length > 0 ? `Known: ${names.join(', ')}` : 'A model names it: partitions: {dynamic: customers, column: …}');
  throw new Problem(error('cli/no-key-list', `No model is kept by keys of a list '${name}'`, { hint }));
}

function isAsked({ name, query }: KeyListUse) {
  const message = `The keys of '${name}' come from a query, and are not added by hand`;
  return error('cli/no-key-list', message, { hint: `A build or a plan asks for them: ${query}` });
}

function isEmpty(list: string) {
  const hint = 'Nothing was added. A variable of a script may not be set';
  return error('cli/no-key-list', `A key for '${list}' is empty: no partition can be called so`, { hint });
}
