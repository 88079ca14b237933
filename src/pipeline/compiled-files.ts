import { writeFileSync } from 'node:fs';
import { basename, dirname, join, parse, relative, sep } from 'node:path';
import type { Graph } from '../2-graph/index.ts';
import { fileProblem, type GraphNode, makeFolder, Problem, readableText, unitTestName } from '../core/index.ts';

/** Keeps compiled SQL under `target/compiled`, where dbt's users look for it. */
export class CompiledFiles {
  readonly #graph: Graph;
  readonly #folder: string;
  /** The folder as people say it: relative to the project. */
  readonly #shown: string;
  readonly #folders = new Map<string, boolean>();

  /**
   * Throws `Problem` where the folder cannot be written to: better said once, before anything is built.
   * @param targetPath absolute.
   */
  constructor(graph: Graph, targetPath: string) {
    this.#graph = graph;
    this.#folder = join(targetPath, 'compiled');
    this.#shown = relative(graph.project.root, this.#folder);
    try {
      makeFolder(this.#folder);
    } catch (failure) {
      const refused = fileProblem(failure);
      throw refused ? new Problem({ ...refused, hint: 'Give another folder with --target-path' }) : failure;
    }
  }

  /**
   * Writes a node's SQL and gives the path, relative to the project. With a suffix it is one of several texts of the node.
   */
  write(nodeId: string, sql: string, suffix?: string): string {
    const whole = compiledPathOf(this.#graph.nodes.get(nodeId) as GraphNode);
    const inside = suffix === undefined ? whole : variantOf(whole, suffix);
    const path = this.#folder + sep + inside;
    // To find a file as it should be costs a fraction of writing it; in a new folder there is none.
    if (!this.#isOldFolder(dirname(path)) || readableText(path) !== sql) writeAnyhow(path, sql);
    return this.#shown + sep + inside;
  }

  /** Whether the folder was there before this command; makes it where it was not. */
  #isOldFolder(folder: string): boolean {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const isOld = !makeFolder(folder);
    this.#folders.set(folder, isOld);
    return isOld;
  }
}

/** Several texts stand in a folder of their own, unless its name is that of the one text. */
function variantOf(path: string, suffix: string): string {
  const { dir, name, ext } = parse(path);
  const variant = `${name}_${suffix}${ext}`;
  return ext === '' ? join(dir, variant) : join(dir, name, variant);
}

/** Somebody may have cleaned up since the folder was made: another command, beside a long run. */
function writeAnyhow(path: string, sql: string): void {
  try {
    writeFileSync(path, sql);
  } catch (failure) {
    // Of a file that was opened, Node does not say which one could not be written.
    if ((failure as NodeJS.ErrnoException).code !== 'ENOENT') throw Object.assign(failure as Error, { path });
    makeFolder(dirname(path));
    writeFileSync(path, sql);
  }
}

/** A node of a file of its own has that file's path; one of several in a file has the file as its folder. */
function compiledPathOf(node: GraphNode): string {
  const { package_name: packageName, original_file_path: original, path } = node;
  if (node.resource_type === 'unit_test') return join(packageName, original, `${unitTestName(node)}.sql`);
  const alone = basename(path) === basename(original);
  return join(packageName, alone ? original : join(original, path));
}
