import type { Node, Session } from '../core/index.ts';
import { renderMappedAsync, type Segment } from '../jinja/index.ts';
import type { CompiledNode, CompilerInput } from './compilation.ts';
import { type Cte, cteName, type Injected, injectCtes } from './ephemeral.ts';
import { renderGenericTest } from './generic-test.ts';
import { locateIn } from './locate.ts';
import { createRendering } from './rendering/create-rendering.ts';
import type { RenderingRequest } from './rendering/request.ts';
import { templateOf, templateOfParts } from './template-of.ts';

/** SQL of one node before its ephemeral parents are put in front. */
export interface RenderedNode {
  readonly sql: string;
  readonly map: readonly Segment[];
  /** Ephemeral models that it reads directly, in the order of the calls. */
  readonly ephemeral: readonly string[];
}

/** For which part of its data a node is compiled. */
export type NodePart = Pick<RenderingRequest, 'batch' | 'partitions'>;

/** Compiles a node together with the ephemeral models above it. */
export async function compileNode(
  node: Node,
  input: CompilerInput,
  session: Session | undefined,
  { batch, partitions }: NodePart,
  compileParent: (id: string) => Promise<EphemeralParent>,
): Promise<CompiledNode> {
  const rendered = await renderNode(node, input, session, { batch, partitions });
  const { ephemeral } = rendered;
  return withCtes(node.unique_id, rendered, ephemeral.length === 0 ? [] : await collectCtes(ephemeral, compileParent));
}

/** A query with CTEs in front of it. */
export function withCtes(
  id: string,
  { sql, map }: Pick<RenderedNode, 'sql' | 'map'>,
  ctes: readonly LocatedCte[],
): CompiledNode {
  const injected = injectCtes(sql, ctes);
  return {
    id,
    sql: injected.sql,
    extraCtes: ctes,
    locate: (offset) => locateInjected(offset, injected, map, ctes),
  };
}

/** An ephemeral model: its own SQL, the CTEs that have to stand before it, and both as one query. */
export interface EphemeralParent {
  readonly cte: LocatedCte;
  readonly before: readonly LocatedCte[];
  readonly compiled: CompiledNode;
}

export interface LocatedCte extends Cte {
  /** Where the model's own text begins in `sql`. */
  readonly textStart: number;
  readonly map: readonly Segment[];
}

/** Compiles an ephemeral model to what its readers put in front. */
export async function compileEphemeral(
  node: Node,
  input: CompilerInput,
  session: Session | undefined,
  compileParent: (id: string) => Promise<EphemeralParent>,
): Promise<EphemeralParent> {
  const rendered = await renderNode(node, input, session, {});
  const before = await collectCtes(rendered.ephemeral, compileParent);
  const { sql, textStart } = cteText(cteName(node.alias), rendered.sql);
  return {
    cte: { id: node.unique_id, sql, textStart, map: rendered.map },
    before,
    compiled: withCtes(node.unique_id, rendered, before),
  };
}

/** A query as a CTE. */
export function cteText(name: string, query: string): Pick<LocatedCte, 'sql' | 'textStart'> {
  const head = ` ${name} as (\n`;
  return { sql: `${head}${query}\n)`, textStart: head.length };
}

async function collectCtes(
  ids: readonly string[],
  compileParent: (id: string) => Promise<EphemeralParent>,
): Promise<LocatedCte[]> {
  const ctes = new Map<string, LocatedCte>();
  for (const id of ids) {
    const { before, cte } = await compileParent(id);
    for (const one of [...before, cte]) if (!ctes.has(one.id)) ctes.set(one.id, one);
  }
  return [...ctes.values()];
}

async function renderNode(
  node: Node,
  input: CompilerInput,
  session: Session | undefined,
  { batch, partitions }: NodePart,
): Promise<RenderedNode> {
  const ephemeral = new Set<string>();
  const request: RenderingRequest = {
    phase: 'compile',
    node,
    packageName: node.package_name,
    session,
    batch,
    partitions,
    onEphemeral: (id) => ephemeral.add(id),
  };
  const rendering = createRendering(input, request);
  if (node.resource_type === 'test' && node.test_metadata) {
    const { sql, map } = await renderGenericTest(node, input, rendering);
    return { sql, map, ephemeral: [...ephemeral] };
  }
  const isPart = batch !== undefined || partitions !== undefined;
  const template = isPart ? templateOfParts(node, input) : templateOf(node, input);
  const { text, segments } = await renderMappedAsync(template, { scope: rendering.scope });
  return { sql: text, map: segments, ephemeral: [...ephemeral] };
}

function locateInjected(
  offset: number,
  injected: Injected,
  map: readonly Segment[],
  ctes: readonly LocatedCte[],
): ReturnType<CompiledNode['locate']> {
  if (offset < injected.at) return locateIn(map, offset);
  if (offset >= injected.at + injected.length) return locateIn(map, offset - injected.length);
  for (const cte of ctes) {
    const start = injected.sql.indexOf(cte.sql, injected.at);
    if (offset >= start && offset < start + cte.sql.length) return locateIn(cte.map, offset - start - cte.textStart);
  }
  return undefined;
}
