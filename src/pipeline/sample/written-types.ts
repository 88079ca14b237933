import { openTranslator } from '../../3-compile/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { Adapter } from '../../core/index.ts';

/** Says the types of a project's warehouse in those of another; what that does not have, as text. */
export async function writtenTypes({ graph, shelves }: Loaded, adapter: Adapter): Promise<(type: string) => string> {
  const from = shelves.adapter.dialect;
  if (from === adapter.dialect) return (type) => type;
  const { typeOf } = await openTranslator({ graph, adapter, from, analyst: async () => undefined });
  return (type) => typeOf(type) ?? 'varchar';
}
