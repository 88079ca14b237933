import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Graph } from '../2-graph/index.ts';
import type { CodeNode, Node } from '../core/index.ts';

/** Keeps compiled SQL under `target/compiled`, where dbt's users look for it. */
export class CompiledFiles {
  readonly #graph: Graph;
  readonly #targetPath: string;
  readonly #folders = new Set<string>();

  /** @param targetPath absolute. */
  constructor(graph: Graph, targetPath: string) {
    this.#graph = graph;
    this.#targetPath = targetPath;
  }

  /** Writes a node's SQL and gives the absolute path. */
  write(nodeId: string, sql: string): string {
    const path = join(this.#targetPath, 'compiled', compiledPathOf(this.#graph.nodes.get(nodeId) as Node));
    const folder = dirname(path);
    if (!this.#folders.has(folder)) {
      mkdirSync(folder, { recursive: true });
      this.#folders.add(folder);
    }
    writeFileSync(path, sql);
    return path;
  }
}

/** A node of a file of its own has that file's path; one of several in a file has the file as its folder. */
function compiledPathOf(node: CodeNode): string {
  const { package_name: packageName, original_file_path: original, path } = node;
  const alone = basename(path) === basename(original);
  return join(packageName, alone ? original : join(original, path));
}
