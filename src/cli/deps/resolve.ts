import { dirname } from 'node:path';
import { type GitPackage, type HubPackage, type PackageEntry, withSecrets } from '../../1-parse/index.ts';
import { error, Problem } from '../../core/index.ts';
import { pinGit } from './git.ts';
import { Hub } from './hub.ts';
import { inParallel } from './in-parallel.ts';
import { pinLocal } from './local.ts';
import type { DepsContext, Pinned } from './pinned.ts';
import { pinTarball } from './tarball.ts';

/** A wanted package, and the folder of the package that wants it. */
interface Wanted {
  readonly entry: PackageEntry;
  readonly from: string;
}

/** Makes certain of one package what will be installed. */
type Pin = (wanted: Wanted) => Promise<Pinned>;

/**
 * Finds out what has to be installed for a list of packages: these, what they need, and so on. Where a package is wanted
 * more than once, one version has to do for all.
 */
export async function resolvePackages(
  entries: readonly PackageEntry[],
  rootName: string,
  context: DepsContext,
): Promise<readonly Pinned[]> {
  const pin = createPin(context);
  const wanted = new Map<string, Wanted>();
  const pinned = new Map<string, Pinned>();
  let next: readonly Wanted[] = entries.map((entry) => ({ entry, from: context.root }));
  while (next.length > 0) {
    const touched = new Set<string>();
    for (const one of next) {
      const key = keyOf(one.entry);
      const before = wanted.get(key);
      const merged = before ? { ...before, entry: merge(before.entry, one.entry) } : one;
      if (merged.entry === before?.entry) continue;
      wanted.set(key, merged);
      touched.add(key);
    }
    const found = await inParallel([...touched], async (key) => {
      const one = wanted.get(key) as Wanted;
      return { key, one, result: await pin(one) };
    });
    next = found.flatMap(({ key, one, result }) => {
      pinned.set(key, result);
      const from = one.entry.kind === 'local' ? folderOf(one, context) : context.root;
      return result.packages.map((entry) => ({ entry, from }));
    });
  }
  const resolved = [...pinned.values()];
  checkNames(resolved, rootName);
  return resolved;
}

/** Asks each server once for what it says of a package. */
export function createPin(context: DepsContext): Pin {
  const hub = new Hub(context);
  const realUrl = withSecrets((name) => context.env[name]);
  const pin = async ({ entry, from }: Wanted): Promise<Pinned> => {
    switch (entry.kind) {
      case 'local':
        return pinLocal(entry, context, from);
      case 'git':
        return await pinGit(entry, context, realUrl);
      case 'tarball':
        return await pinTarball(entry, context, realUrl);
      case 'hub':
        return await hub.pin(entry);
    }
  };
  return (wanted) => pin(wanted).catch((failure: unknown) => Promise.reject(placedAt(wanted.entry, failure)));
}

/** What is wrong with a package that has no better place is told where the package is listed. */
function placedAt({ span }: PackageEntry, failure: unknown): unknown {
  if (!(failure instanceof Problem)) return failure;
  return new Problem(...failure.diagnostics.map((problem) => ({ ...problem, span: problem.span ?? span })));
}

function folderOf({ entry, from }: Wanted, context: DepsContext): string {
  return entry.kind === 'local' ? dirname(`${from || context.root}/${entry.folder}/.`) : context.root;
}

/** By what a package is known to be the same as another. */
function keyOf(entry: PackageEntry): string {
  switch (entry.kind) {
    case 'local':
      return `local ${entry.folder}`;
    case 'git':
      return `git ${entry.url.replace(/\.git$/, '')} ${entry.subdirectory ?? ''}`;
    default:
      return `${entry.kind} ${entry.name}`;
  }
}

/** Two entries for one package as one; the first where the second adds nothing. */
function merge(first: PackageEntry, second: PackageEntry): PackageEntry {
  if (first.kind === 'hub' && second.kind === 'hub') return mergeHub(first, second);
  if (first.kind === 'git' && second.kind === 'git') return mergeGit(first, second);
  return first;
}

function mergeHub(first: HubPackage, second: HubPackage): HubPackage {
  const versions = [...new Set([...first.versions, ...second.versions])];
  const prerelease = first.prerelease || second.prerelease;
  if (versions.length === first.versions.length && prerelease === first.prerelease) return first;
  return { ...first, versions, prerelease };
}

function mergeGit(first: GitPackage, second: GitPackage): GitPackage {
  if (second.revision === undefined || first.revision === second.revision) return first;
  if (first.revision === undefined) return { ...first, revision: second.revision };
  throw new Problem(
    error('cli/package-git', `${first.url} is wanted at two revisions: ${first.revision} and ${second.revision}`, {
      span: first.span,
      hint: 'Give one revision that does for all',
    }),
  );
}

function checkNames(packages: readonly Pinned[], rootName: string): void {
  const names = new Set([rootName]);
  for (const { projectName } of packages) {
    if (names.has(projectName)) {
      const whose = projectName === rootName ? 'the project itself' : 'another package';
      throw new Problem(error('cli/package-name', `A package is named '${projectName}', as is ${whose}`));
    }
    names.add(projectName);
  }
}
