import type { Project } from '../1-parse/index.ts';
import type { FunctionNode, MetricNode } from '../core/index.ts';
import { packagesToSearch } from './references.ts';

/** What the name of a metric or a function means. `disabled`: it exists, but with `enabled: false`. */
export type NamedResolution<Found> =
  | { readonly kind: 'found'; readonly node: Found }
  | { readonly kind: 'disabled'; readonly node: Found }
  | { readonly kind: 'unknown' };

/** Finds what `metric()` names; packages are searched as for a `ref()`. */
export function resolveMetric(
  project: Project,
  name: string,
  packageName: string | null,
  currentPackage: string,
): NamedResolution<MetricNode> {
  const packages = packagesToSearch(project, currentPackage, packageName);
  return resolve<MetricNode>(project, 'metric', project.metrics, name, packages);
}

/** Finds what `function()` names; packages are searched as for a `ref()`. */
export function resolveFunction(
  project: Project,
  name: string,
  packageName: string | null,
  currentPackage: string,
): NamedResolution<FunctionNode> {
  const packages = packagesToSearch(project, currentPackage, packageName);
  return resolve<FunctionNode>(project, 'function', project.functions, name, packages);
}

function resolve<Found extends MetricNode | FunctionNode>(
  project: Project,
  type: Found['resource_type'],
  enabled: ReadonlyMap<string, Found>,
  name: string,
  packages: readonly (string | null)[],
): NamedResolution<Found> {
  const idIn = (packageName: string): string => `${type}.${packageName}.${name}`;
  for (const searched of packages) {
    const node =
      searched === null ? [...enabled.values()].find((one) => one.name === name) : enabled.get(idIn(searched));
    if (node) return { kind: 'found', node };
  }
  for (const [id, [first]] of project.disabled) {
    if (first?.resource_type !== type || first.name !== name) continue;
    const isSearched = packages.some((searched) => searched === null || id === idIn(searched));
    if (isSearched) return { kind: 'disabled', node: first as Found };
  }
  return { kind: 'unknown' };
}
