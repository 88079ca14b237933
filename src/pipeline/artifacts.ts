import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledNode } from '../3-compile/index.ts';
import { type CompiledPart, writeManifest, writeSemanticManifest } from '../6-record/index.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { CodeNode, Node } from '../core/index.ts';
import { keepParse } from './loading/last-parse.ts';
import { targetFolder } from './locations.ts';

/** What one node's compiling left, for the artifacts. */
export interface Compiled {
  readonly sql: string;
  readonly extraCtes: CompiledNode['extraCtes'];
  /** Relative to the project; once the text is written. */
  compiledPath: string | undefined;
  /** Of what the warehouse is sent; once it is written, where the text is translated. */
  sentPath: string | undefined;
  /** If all are known; once they are. */
  columns: readonly { readonly name: string; readonly type: string | undefined }[] | undefined;
}

/** Writes `manifest.json`, unless nothing in it would change, and keeps the project for commands to come. */
export function recordManifest(loaded: Loaded, compiled: ReadonlyMap<string, Compiled> = new Map()): void {
  const { graph, environment } = loaded;
  const path = join(targetFolder(loaded), 'manifest.json');
  const { fingerprint } = graph.project;
  writeManifest({ graph, environment, compiled, path, fingerprint, base: loaded.restored?.base });
  // What is restored is other in code alone.
  const semantic = join(targetFolder(loaded), 'semantic_manifest.json');
  if (!loaded.restored || !existsSync(semantic)) writeSemanticManifest(semantic, graph);
  keepParse(loaded);
}

/**
 * Writes a `manifest.json` with other columns, for those who read documentation. Commands to come do not take it for the
 * project's.
 */
export function recordDocumentation(
  loaded: Loaded,
  compiled: ReadonlyMap<string, CompiledPart>,
  columns: ReadonlyMap<string, CodeNode['columns']>,
): void {
  const { graph, environment } = loaded;
  const nodes = new Map(graph.nodes);
  for (const [id, changed] of columns) nodes.set(id, { ...(nodes.get(id) as Node), columns: changed });
  const path = join(targetFolder(loaded), 'manifest.json');
  writeManifest({ graph: { ...graph, nodes }, environment, compiled, path });
}
