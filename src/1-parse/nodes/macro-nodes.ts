import { type Diagnostic, error, type MacroNode } from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import { macroDependencies } from '../macros/depends-on.ts';
import type { MacroFacts } from '../macros/macro-facts.ts';
import type { MacroSearch } from '../macros/macro-search.ts';
import { rememberText } from '../macros/macro-values.ts';

export interface MacroTable {
  readonly macros: Map<string, MacroNode>;
  readonly facts: Map<string, MacroFacts>;
  /** The file of each macro. */
  readonly files: Map<string, LoadedFile>;
}

const shown = Object.freeze({ show: true, node_color: null });

/** The macros of all files; two of one name in a package are an error. */
export function macroNodes(
  files: readonly LoadedFile[],
  createdAt: number,
  report: (diagnostic: Diagnostic) => void,
): MacroTable {
  const table: MacroTable = { macros: new Map(), facts: new Map(), files: new Map() };
  for (const file of files) {
    const { facts } = file.record;
    if (facts.kind !== 'macros') continue;
    for (const one of facts.macros) {
      const node = macroNode(file, one, createdAt);
      const first = table.macros.get(node.unique_id);
      if (first !== undefined) report(duplicate(node, first));
      else {
        table.macros.set(node.unique_id, node);
        table.facts.set(node.unique_id, one);
        table.files.set(node.unique_id, file);
      }
    }
  }
  return table;
}

function macroNode(file: LoadedFile, facts: MacroFacts, createdAt: number): MacroNode {
  const { packageName, path } = file.found;
  const read = (): string => file.record.detail.read();
  const node: MacroNode = {
    resource_type: 'macro',
    unique_id: `macro.${packageName}.${facts.name}`,
    name: facts.name,
    package_name: packageName,
    path,
    original_file_path: path,
    macro_sql: read().slice(facts.textStart, facts.textEnd),
    depends_on: { macros: [] },
    description: '',
    meta: {},
    docs: shown,
    config: { meta: {}, docs: shown },
    patch_path: null,
    arguments: [],
    created_at: createdAt,
    supported_languages: facts.languages ?? null,
    span: { file: file.found.file, start: facts.start, end: facts.end },
  };
  rememberText(node, read);
  return node;
}

function duplicate(node: MacroNode, first: MacroNode): Diagnostic {
  return error('parse/duplicate-macro', `The macro '${node.name}' is in package '${node.package_name}' twice`, {
    span: node.span,
    hint: 'Rename or remove one of them',
    notes: [{ message: 'the other is here', span: first.span }],
  });
}

/** Fills in which macros each may call. */
export function linkMacros(table: MacroTable, search: MacroSearch<MacroNode>): void {
  for (const [id, macro] of table.macros) {
    const facts = table.facts.get(id);
    if (facts === undefined) continue;
    (macro as { depends_on: MacroNode['depends_on'] }).depends_on = { macros: macroDependencies(macro, facts, search) };
  }
}
