import type {
  DataPath,
  Diagnostic,
  ExposureNode,
  FunctionNode,
  GroupNode,
  MacroNode,
  MetricNode,
  Node,
  SavedQueryNode,
  SemanticModelNode,
  SourceNode,
  Span,
  UnitTestNode,
} from '../../core/index.ts';
import type { Scope } from '../../jinja/index.ts';
import type { Configurator } from '../config/configurator.ts';
import type { LoadedFile } from '../files/load-files.ts';
import type { Namer } from '../names/namer.ts';
import type { Disabled, ProjectSettings } from '../project.ts';
import type { EntryFacts } from '../properties/facts.ts';
import type { World } from '../rendering/world.ts';
import type { TestKind } from '../tests/test-kind.ts';
import type { Describer } from './columns.ts';

/** What the files say, put together step by step: the tables that become the project. */
export interface Linking {
  readonly world: World;
  readonly configurator: Configurator;
  readonly namer: Namer;
  /** Quoting of the root project's file, for relation names. */
  readonly nodes: Map<string, Node>;
  readonly sources: Map<string, SourceNode>;
  readonly exposures: Map<string, ExposureNode>;
  readonly groups: Map<string, GroupNode>;
  readonly unitTests: Map<string, UnitTestNode>;
  readonly functions: Map<string, FunctionNode>;
  readonly metrics: Map<string, MetricNode>;
  readonly semanticModels: Map<string, SemanticModelNode>;
  readonly savedQueries: Map<string, SavedQueryNode>;
  readonly disabled: Map<string, Disabled[]>;
  readonly report: (diagnostic: Diagnostic) => void;
  /** Seconds since 1970, as dbt's `created_at`. */
  readonly createdAt: number;
  /** What templates in YAML files of a package can name. */
  yamlScope(packageName: string): Scope;
  /** The same, with `doc()`. */
  docScope(packageName: string): Scope;
  describer(packageName: string): Describer;
  /** A generic test by its name in YAML, as files of a package mean it. */
  testKind(packageName: string, namespace: string | null, name: string): TestKind | undefined;
  /** Whether running a macro may call `ref()`, `source()` or `config()`. */
  reaches(macro: MacroNode): boolean;
  /**
   * Finds places in a file by the path of a YAML value, when something is wrong.
   *
   * @param from the offset of the mapping that the path goes from. Default: the whole file's.
   */
  spanIn(file: LoadedFile, path: DataPath, part?: 'key' | 'value', from?: number): Diagnostic['span'];
}

/**
 * Where a value is written, below the first of some places of a file that has it; undefined: below none of them.
 *
 * @param from the offset of the mapping that the places are in. Default: the whole file's.
 */
export function writtenBelow(
  linking: Linking,
  file: LoadedFile,
  places: readonly DataPath[],
  path: readonly string[],
  part: 'key' | 'value' = 'value',
  from?: number,
): Diagnostic['span'] {
  for (const at of places) {
    const outside = linking.spanIn(file, at, 'value', from);
    const found = linking.spanIn(file, [...at, ...path], 'value', from);
    // What is not there has the place of what it would be in.
    if (outside && found && found.start !== outside.start) return linking.spanIn(file, [...at, ...path], part, from);
  }
  return undefined;
}

/** Where an entry of a properties file says a setting, below its `config:` or beside it; else the entry. */
export function settingsOf(linking: Linking, file: LoadedFile, { section, index, range }: EntryPlace) {
  const own = [section, index];
  const entry: Span = { file: file.found.file, start: range[0], end: range[1] };
  return (path: readonly string[], part: 'key' | 'value'): Span =>
    writtenBelow(linking, file, [[...own, 'config'], own], path, part) ?? entry;
}

type EntryPlace = Pick<EntryFacts, 'section' | 'index' | 'range'>;

/** Puts a node where it belongs: among the enabled or the disabled ones. False: the id is taken already. */
export function addNode(linking: Linking, node: Node): boolean {
  if (!node.config.enabled) {
    addDisabled(linking, node);
    return true;
  }
  if (node.resource_type === 'function') {
    // A copy: a function is written down whole wherever it is kept.
    linking.functions.set(node.unique_id, { ...node });
    return true;
  }
  if (linking.nodes.has(node.unique_id)) return false;
  linking.nodes.set(node.unique_id, node);
  return true;
}

export function addDisabled(linking: Linking, node: Disabled): void {
  const others = linking.disabled.get(node.unique_id);
  if (others === undefined) linking.disabled.set(node.unique_id, [node]);
  else others.push(node);
}

/** The project files that settings of a package's nodes can come from, the one that counts most first. */
export function projectsOf({ world }: Linking, packageName: string): readonly ProjectSettings[] {
  const own = world.packages.get(packageName);
  return own === undefined || own === world.settings ? [world.settings] : [world.settings, own];
}
