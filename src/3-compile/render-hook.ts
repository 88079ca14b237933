import type { Node } from '../core/index.ts';
import { parseTemplate, renderMappedAsync } from '../jinja/index.ts';
import type { CompiledNode, CompilerInput } from './compilation.ts';
import { locateIn } from './locate.ts';
import { createRendering } from './rendering/create-rendering.ts';
import type { RenderingRequest } from './rendering/request.ts';

/**
 * Renders a hook in the context of its node. Where its text was written is only known if it stands in the node's file as
 * it is: YAML has quotes and folds, and settings come from several files.
 */
export async function renderHook(
  text: string,
  node: Node,
  input: CompilerInput,
  request: Pick<RenderingRequest, 'session' | 'extra' | 'batch'>,
): Promise<CompiledNode> {
  const { file } = node.origin.definition;
  const start = startOf(text, node);
  const padded = ' '.repeat(start ?? 0) + text;
  const template = parseTemplate(padded, { file, start: start ?? 0 });
  const { scope } = createRendering(input, {
    phase: 'run',
    node,
    packageName: node.package_name,
    ...request,
  });
  const { text: sql, segments } = await renderMappedAsync(template, { scope });
  return {
    id: node.unique_id,
    sql,
    extraCtes: [],
    locate(offset) {
      const place = locateIn(segments, offset);
      if (start !== undefined || place === undefined) return place;
      if (place.span.file === file) return undefined;
      return { ...place, notes: place.notes.filter(({ span }) => span?.file !== file) };
    },
  };
}

/** Where a hook stands in the file of its node; undefined if it does not, or not as it is. */
function startOf(text: string, node: Node): number | undefined {
  const { start } = node.origin.definition;
  if (node.resource_type === 'operation') return start > 0 && !text.includes('\n') ? start : undefined;
  const at = node.raw_code.indexOf(text);
  return at < 0 ? undefined : start + at;
}
