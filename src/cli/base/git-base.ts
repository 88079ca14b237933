import { mkdirSync, realpathSync } from 'node:fs';
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
  await checkOut(commit, [root, ...linked].map(below), join(folder, 'index'), tree, gitIn(top, host));
  const projectDir = join(tree, below(root));
  makeFolder(projectDir);
  const inTree = (path: string): string | undefined =>
    below(path).startsWith('..') ? undefined : join(tree, below(path));
  const problems = await providePackages({ projectDir, inTree, ref }, loaded, host, join(folder, 'downloads'));
  return {
    kind: 'folder',
    state: { name: ref, commit },
    projectDir,
    diagnostics: [...diagnostics, ...problems],
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

/** Writes files of a commit into a folder, by an index of its own. */
async function checkOut(
  commit: string,
  paths: readonly string[],
  index: string,
  tree: string,
  git: Git,
): Promise<void> {
  const failed = () => baseProblem(`Git could not give out the files of ${commit}`);
  if ((await git(['read-tree', commit], { index })) === undefined) throw failed();
  const whole = paths.includes('');
  const files = await git(['ls-files', '-z', ...(whole ? [] : ['--', ...paths.map((path) => `:(literal)${path}`)])], {
    index,
  });
  if (files === undefined) throw failed();
  const written = await git(['checkout-index', '--quiet', '-z', '--stdin', `--prefix=${tree}/`], {
    index,
    input: files,
  });
  if (written === undefined) throw failed();
}
