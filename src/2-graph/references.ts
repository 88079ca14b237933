import type { Project } from '../1-parse/index.ts';
import {
  type ExposureNode,
  isRefable,
  isVersioned,
  type Node,
  type RefArguments,
  type RefableNode,
  type SavedQueryNode,
  type SemanticModelNode,
  type SourceNode,
  searchName,
} from '../core/index.ts';

/** A node with references: everything but sources, and metrics, which name measures. */
export type Reader = Node | ExposureNode | SemanticModelNode | SavedQueryNode;

/** What a `ref()` means. `disabled`: the name exists, but with `enabled: false`. `ambiguous`: in several packages. */
export type RefResolution =
  | { readonly kind: 'found'; readonly node: RefableNode }
  | { readonly kind: 'disabled'; readonly node: RefableNode }
  | { readonly kind: 'ambiguous'; readonly nodes: readonly RefableNode[] }
  | { readonly kind: 'unknown' };

/** What a `source()` means. */
export type SourceResolution =
  | { readonly kind: 'found'; readonly node: SourceNode }
  | { readonly kind: 'disabled'; readonly node: SourceNode }
  | { readonly kind: 'unknown' };

/** Nodes by the name that a template calls them by; one name may stand in several packages. */
type ByName<T> = Map<string, T[]>;

interface ReferenceIndex {
  /** Unique ids: of thousands of nodes, a command mostly asks for a few. */
  readonly refables: ByName<string>;
  readonly sources: ByName<SourceNode>;
  readonly disabledRefables: ByName<RefableNode>;
  readonly disabledSources: ByName<SourceNode>;
}

/**
 * Finds what `ref()` names, by dbt's rules: the package argument, else the root project, the caller's own package and
 * then any package (with the flag `require_ref_searches_node_package_before_root` the caller's own package comes
 * first); without a version, a versioned model's latest version.
 */
export function resolveRef(project: Project, request: RefArguments, currentPackage: string): RefResolution {
  const key = request.version ? `${request.name}.v${request.version}` : request.name;
  const packages = packagesToSearch(project, currentPackage, request.package);
  const direct = refableIn(packages[0], key, project);
  if (direct) return { kind: 'found', node: direct };
  const { refables, disabledRefables } = indexOf(project);
  const named = refables.get(key)?.map((id) => project.nodes.get(id) as RefableNode);
  // However packages are searched, a name that stands once is found in the end.
  if (named?.length === 1 && named[0] !== undefined && request.package === null)
    return { kind: 'found', node: named[0] };
  let disabled: RefableNode | undefined;
  for (const packageName of packages) {
    const found = inPackage(named, packageName);
    if (found.length > 1) return { kind: 'ambiguous', nodes: found };
    if (found[0] !== undefined) return { kind: 'found', node: found[0] };
    disabled ??= inPackage(disabledRefables.get(key), packageName)[0];
  }
  return disabled === undefined ? { kind: 'unknown' } : { kind: 'disabled', node: disabled };
}

/**
 * The node of a package whose id says that it has the name, which no two nodes of a package may have. Most references
 * are found so, and no table of all names has to be made for them.
 */
function refableIn(packageName: string | null | undefined, key: string, { nodes }: Project): RefableNode | undefined {
  for (const type of refableTypes) {
    const node = nodes.get(`${type}.${packageName}.${key}`);
    if (node) return node as RefableNode;
  }
  return undefined;
}

/** Finds what `source()` names; packages are searched as for a `ref()` without a package argument. */
export function resolveSource(
  project: Project,
  sourceName: string,
  tableName: string,
  currentPackage: string,
): SourceResolution {
  const { sources, disabledSources } = indexOf(project);
  const key = `${sourceName}.${tableName}`;
  const packages = packagesToSearch(project, currentPackage, null);
  for (const packageName of packages) {
    const node = inPackage(sources.get(key), packageName)[0];
    if (node !== undefined) return { kind: 'found', node };
  }
  for (const packageName of packages) {
    const node = inPackage(disabledSources.get(key), packageName)[0];
    if (node !== undefined) return { kind: 'disabled', node };
  }
  return { kind: 'unknown' };
}

/** Names that a `ref()` could have meant, for a did-you-mean. */
export function refableNames(project: Project): Iterable<string> {
  return indexOf(project).refables.keys();
}

/** `source.table` names that a `source()` could have meant, for a did-you-mean. */
export function sourceNames(project: Project): Iterable<string> {
  return indexOf(project).sources.keys();
}

export function packagesToSearch(
  project: Pick<Project, 'name' | 'settings'>,
  currentPackage: string,
  packageArgument: string | null,
): readonly (string | null)[] {
  if (packageArgument !== null) return [packageArgument];
  if (currentPackage === project.name) return [currentPackage, null];
  return project.settings.flags.require_ref_searches_node_package_before_root === true
    ? [currentPackage, project.name, null]
    : [project.name, currentPackage, null];
}

const nothing: readonly never[] = [];

/** In one package the last of a name wins, as in dbt's look-up tables; `null` means every package. */
function inPackage<T extends { readonly package_name: string }>(
  nodes: readonly T[] | undefined,
  packageName: string | null,
): readonly T[] {
  if (nodes === undefined) return nothing;
  if (packageName === null) return nodes.length > 1 ? lastOfEachPackage(nodes) : nodes;
  const last = nodes.findLast((node) => node.package_name === packageName);
  return last === undefined ? nothing : [last];
}

function lastOfEachPackage<T extends { readonly package_name: string }>(nodes: readonly T[]): readonly T[] {
  return [...new Map(nodes.map((node) => [node.package_name, node])).values()];
}

const indexes = new WeakMap<Project, ReferenceIndex>();

function indexOf(project: Project): ReferenceIndex {
  let index = indexes.get(project);
  if (index === undefined) {
    index = createIndex(project);
    indexes.set(project, index);
  }
  return index;
}

function createIndex(project: Project): ReferenceIndex {
  const refables: ByName<string> = new Map();
  for (const id of project.nodes.keys()) addRefable(refables, id, project);
  const sources: ByName<SourceNode> = new Map();
  for (const source of project.sources.values()) add(sources, `${source.source_name}.${source.name}`, source);
  const disabledRefables: ByName<RefableNode> = new Map();
  const disabledSources: ByName<SourceNode> = new Map();
  for (const node of [...project.disabled.values()].flat()) {
    if (node.resource_type === 'source') add(disabledSources, `${node.source_name}.${node.name}`, node);
    else if (isRefable(node)) add(disabledRefables, searchName(node), node);
  }
  return { refables, sources, disabledRefables, disabledSources };
}

/** `model.shop.orders`, `model.shop.orders.v2`: behind type and package, the id is the search name. */
const refableTypes = ['model', 'seed', 'snapshot'] as const;
const refableId = new RegExp(`^(?:${refableTypes.join('|')})\\.[^.]+\\.(.+)$`, 's');

function addRefable(refables: ByName<string>, id: string, { nodes }: Project): void {
  const name = refableId.exec(id)?.[1];
  if (name === undefined) return;
  add(refables, name, id);
  // Only a version has a dot in its search name, or a file with a dot in its name.
  const node = name.includes('.') ? (nodes.get(id) as RefableNode) : undefined;
  if (node && isVersioned(node) && node.version === node.latest_version) add(refables, node.name, id);
}

function add<T>(index: ByName<T>, name: string, node: T): void {
  const known = index.get(name);
  if (known === undefined) index.set(name, [node]);
  else known.push(node);
}
