import { hash } from 'node:crypto';
import { partitionsOf } from '../1-parse/index.ts';
import { dataParents } from '../2-graph/index.ts';
import { type CodeVersions, createCodeVersions, type KnownColumns } from '../3-compile/index.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { Diagnostic, Node } from '../core/index.ts';

type MappingCheck = (id: string) => Promise<readonly Diagnostic[]>;

/**
 * A check of partition mappings that is not made again where an earlier command has found nothing, as long as neither
 * code nor definitions change. Nodes without partitions have nothing to be checked.
 *
 * @param known where that is kept, beside the columns of nodes. Default: it is made each time.
 */
export function rememberClean(loaded: Loaded, known: KnownColumns | undefined, check: MappingCheck): MappingCheck {
  const { nodes, project } = loaded.graph;
  let versionOf: CodeVersions | undefined;
  return async (id) => {
    const node = nodes.get(id) as Node | undefined;
    if (node?.resource_type !== 'model' || !partitionsOf(node, project.settings)) return [];
    if (!known) return check(id);
    versionOf ??= createCodeVersions(loaded);
    const [mark, key] = [`${id} mapping`, await keyOf(node, loaded, versionOf)];
    if (known.get(mark, key)) return [];
    const found = await check(id);
    if (found.length === 0) known.set(mark, key, [1, []]);
    return found;
  };
}

/** Changes with all that the check looks at. */
async function keyOf(node: Node, { graph }: Loaded, versionOf: CodeVersions): Promise<string> {
  const read = [node, ...dataParents(node, graph)];
  const versions = await Promise.all(read.map(({ unique_id: id }) => versionOf(id)));
  const definitions = read.map((one) => partitionsOf(one, graph.project.settings) ?? null);
  return hash('sha1', JSON.stringify([versions, definitions, node.config.partition_mapping ?? null]), 'base64');
}
