import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Diagnostic, makeFolder, warning } from '../../core/index.ts';
import type { Host } from '../engine/host.ts';
import type { Loaded } from '../engine/loaded.ts';
import type { OpenBase } from './base.ts';
import { baseProblem, type Git, gitIn } from './git.ts';
import { linkedFolders, providePackages } from './packages.ts';

/** The project at the commit where the work tree left a branch, in `folder`, which is empty. */
export async function gitBase(ref: string, loaded: Loaded, host: Host, folder: string): Promise<OpenBase> {
  const root = realpathSync(loaded.graph.project.root);
  const git = gitIn(root, host);
  const top = (await git(['rev-parse', '--show-toplevel']))?.trim();
  if (!top) throw baseProblem(`${root} is in no git repository`, 'Compare with artifacts: --state FOLDER');
  const { commit, diagnostics } = await commitOf(ref, git);
  const below = (path: string): string => relative(realpathSync(top), path).split(sep).join('/');
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  const linked = linkedFolders(loaded).filter((path) => !below(path).startsWith('..'));
  const given = await giveOut({ top, commit, paths: [root, ...linked].map(below), tree, folder }, host);
  const projectDir = join(tree, below(root));
  makeFolder(projectDir);
  const inTree = (path: string): string | undefined =>
    below(path).startsWith('..') ? undefined : join(tree, below(path));
  const problems = await providePackages({ projectDir, inTree, ref }, loaded, host, join(folder, 'downloads'));
  return {
    kind: 'folder',
    state: { name: ref, commit },
    projectDir,
    diagnostics: [...diagnostics, ...given, ...problems],
  };
}

async function commitOf(
  ref: string,
  git: Git,
): Promise<{ readonly commit: string; readonly diagnostics: readonly Diagnostic[] }> {
  const named = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  const tip = named?.trim();
  if (!tip) {
    const hint = 'A clone of CI may have only one commit: fetch the branch first, with all of its history';
    throw baseProblem(`There is no commit '${ref}' here`, hint);
  }
  const left = (await git(['merge-base', tip, 'HEAD']))?.trim();
  if (left) return { commit: left, diagnostics: [] };
  const message = `Where the work tree left '${ref}' is not known: it is compared with '${ref}' as it is`;
  const hint = 'A shallow clone does not have the commits in between: clone with all of the history';
  return { commit: tip, diagnostics: [warning('cli/base-unrelated', message, { hint })] };
}

interface GivenOut {
  /** Of the repository's work tree. */
  readonly top: string;
  readonly commit: string;
  /** Which files: those below these; an empty one means all. */
  readonly paths: readonly string[];
  /** Where they are put. */
  readonly tree: string;
  /** For git's own files. */
  readonly folder: string;
}

/** Writes files of a commit into a folder, by an index of its own; those of submodules are given out by their own repositories. */
async function giveOut(given: GivenOut, host: Host): Promise<readonly Diagnostic[]> {
  const submodules = await checkOut(given, gitIn(given.top, host));
  if (submodules === undefined) throw baseProblem(`Git could not give out the files of ${given.commit}`);
  const missing: Diagnostic[] = [];
  for (const { path, commit } of submodules) {
    const [top, tree] = [given.top, given.tree].map((place) => join(place, path)) as [string, string];
    // Without a repository of its own, git would ask that around it.
    const isThere = existsSync(join(top, '.git'));
    const within = { top, commit, paths: [''], tree, folder: mkdtempSync(join(given.folder, 'submodule-')) };
    if (isThere && (await gitIn(top, host)(['cat-file', '-e', commit])) !== undefined) {
      missing.push(...(await giveOut(within, host)));
      continue;
    }
    rmSync(tree, { recursive: true, force: true });
    const message = `The commit ${commit.slice(0, 10)} of the submodule '${path}' is not here: what is other in it is not seen`;
    missing.push(warning('cli/base-submodule', message, { hint: 'Fetch it: git submodule update --init' }));
  }
  return missing;
}

interface Submodule {
  readonly path: string;
  readonly commit: string;
}

/** Gives the submodules that are among the files, which are left out; undefined where git fails. */
async function checkOut(
  { commit, paths, tree, folder }: GivenOut,
  git: Git,
): Promise<readonly Submodule[] | undefined> {
  const index = join(folder, 'index');
  if ((await git(['read-tree', commit], { index })) === undefined) return undefined;
  const which = paths.includes('') ? [] : ['--', ...paths.map((path) => `:(literal)${path}`)];
  const listed = await git(['ls-files', '-z', '--stage', ...which], { index });
  if (listed === undefined) return undefined;
  const entries = listed.split('\0').flatMap((entry) => {
    const found = /^(\d+) (\w+) \d\t(.*)$/s.exec(entry);
    return found ? [{ isSubmodule: found[1] === '160000', commit: found[2]!, path: found[3]! }] : [];
  });
  const input = entries.flatMap(({ isSubmodule, path }) => (isSubmodule ? [] : `${path}\0`)).join('');
  const written = await git(['checkout-index', '--quiet', '-z', '--stdin', `--prefix=${tree}/`], { index, input });
  return written === undefined ? undefined : entries.filter(({ isSubmodule }) => isSubmodule);
}
