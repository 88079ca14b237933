import { join } from 'node:path';
import {
  activeRules,
  applyEdits,
  type Compiler,
  createQuietCompiler,
  type FileEdit,
  type Lint,
  lintCompiled,
} from '../3-compile/index.ts';
import { describeFailure } from '../5-execute/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { LintCall, LintOutcome } from '../cli/engine/lint.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import { type Diagnostic, type JsonObject, type LintRule, type Node, readableText } from '../core/index.ts';
import { readShelf } from '../shelves.ts';
import { analysisOf, dialectOf } from './analysis.ts';
import { keptColumns } from './kept-results.ts';
import { selectNodes } from './select.ts';
import { hasError } from './unusable.ts';

/** Looks through the SQL of what is selected for habits that lead to faults. The warehouse is not asked. */
export async function lintLoaded(loaded: Loaded, request: LintCall, call: Call): Promise<LintOutcome> {
  const { project } = loaded.graph;
  const selection = await selectNodes(loaded, call);
  const shelf = await readShelf<LintRule>('lint-rules');
  const levels = (project.settings.raw.lint ?? {}) as JsonObject;
  const { rules, diagnostics: ofRules } = activeRules(shelf.values(), levels, request.rules, project.settings.file);
  const before = [...loaded.diagnostics, ...selection.diagnostics, ...ofRules];
  if (hasError(before)) return { exitCode: 2, diagnostics: before, looked: 0, files: [], fixed: 0 };
  const compiler = createQuietCompiler({ ...loaded, selected: selection.ids });
  const texts = new OwnFiles(project.root, project.settings.packagesInstallPath);
  const lints = new Map<string, Lint>();
  const notLooked: Diagnostic[] = [];
  let looked = 0;
  for (const id of selection.ids) {
    const node = loaded.graph.nodes.get(id) as Node;
    if (node.package_name !== project.settings.name || !hasOwnSql(node)) continue;
    try {
      const compiled = await compiler.compile(id, undefined);
      looked += 1;
      // What a macro or an ephemeral model wrote is found with everybody who uses it.
      for (const lint of lintCompiled(compiled, dialectOf(loaded), rules, (file) => texts.get(file))) {
        const { code, span } = lint.diagnostic;
        lints.set(`${code} ${span.file} ${span.start}`, lint);
      }
    } catch (failure) {
      notLooked.push(...describeFailure(failure, node, undefined).map(asWarning));
    }
  }
  const found = [...lints.values()].sort((one, other) => order(one.diagnostic.span, other.diagnostic.span));
  const fixable = request.fix ? found.filter(({ edits }) => edits.length > 0) : [];
  const left = found.filter((lint) => !fixable.includes(lint)).map(({ diagnostic }) => diagnostic);
  const files = changedFiles(
    fixable.flatMap(({ edits }) => edits),
    texts,
  );
  const mapped = request.rules.length > 0 ? [] : await mappingWarnings(selection.ids, loaded, compiler);
  const diagnostics = [...before, ...notLooked, ...left, ...mapped];
  return { exitCode: hasError(left) ? 1 : 0, diagnostics, looked, files, fixed: fixable.length };
}

/** Where models read outside their partition mappings, as far as it can be known without the warehouse. */
async function mappingWarnings(
  ids: readonly string[],
  loaded: Loaded,
  compiler: Compiler,
): Promise<readonly Diagnostic[]> {
  const known = keptColumns(loaded);
  const analysis = analysisOf(loaded, { compiler, warehouse: undefined, known });
  const found: Diagnostic[] = [];
  for (const id of ids) found.push(...(await analysis.mapping(id)));
  known.save();
  return found;
}

/** Generic tests are the project's configuration, and seeds and Python models hold no SQL. */
function hasOwnSql(node: Node): boolean {
  if (node.resource_type === 'test') return !node.test_metadata;
  if (node.resource_type === 'model') return node.language === 'sql';
  return node.resource_type === 'snapshot' || node.resource_type === 'analysis';
}

const asWarning = (diagnostic: Diagnostic): Diagnostic => ({ ...diagnostic, severity: 'warning' });

const order = (one: { file: string; start: number }, other: { file: string; start: number }): number =>
  one.file === other.file ? one.start - other.start : one.file < other.file ? -1 : 1;

/** The project's own files, each read once; packages are other people's. */
class OwnFiles {
  readonly #root: string;
  readonly #packages: string;
  readonly #texts = new Map<string, string | undefined>();

  constructor(root: string, packages: string) {
    this.#root = root;
    this.#packages = `${packages.replace(/\/+$/, '')}/`;
  }

  get(file: string): string | undefined {
    if (!this.#texts.has(file)) this.#texts.set(file, this.#read(file));
    return this.#texts.get(file);
  }

  #read(file: string): string | undefined {
    if (file.startsWith(this.#packages) || !file.endsWith('.sql')) return undefined;
    return readableText(join(this.#root, file));
  }
}

function changedFiles(edits: readonly FileEdit[], texts: OwnFiles): LintOutcome['files'] {
  const byFile = new Map<string, FileEdit[]>();
  for (const edit of edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  return [...byFile].flatMap(([file, own]) => {
    const before = texts.get(file);
    return before === undefined ? [] : [{ file, text: applyEdits(before, own) }];
  });
}
