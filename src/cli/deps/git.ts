import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { GitPackage } from '../../1-parse/index.ts';
import { error, Problem } from '../../core/index.ts';
import { withoutPassword } from './download.ts';
import { readPackageFolder } from './package-folder.ts';
import type { DepsContext, Pinned } from './pinned.ts';

const run = promisify(execFile);

/** A package in a git repository, at the commit that its revision is now. */
export async function pinGit(
  entry: GitPackage,
  context: DepsContext,
  realUrl: (text: string) => string,
): Promise<Pinned> {
  const { revision = 'HEAD', subdirectory } = entry;
  const shown = withoutPassword(entry.url);
  if (entry.warnUnpinned && ['HEAD', 'main', 'master'].includes(revision)) {
    context.say('warn', `The git package "${shown}" is pinned to ${revision}: it can change any time. Give a revision`);
  }
  const { folder, commit } = await checkOut(entry, revision, realUrl(entry.url), context);
  const packageFolder = subdirectory ? join(folder, subdirectory) : folder;
  if (!existsSync(packageFolder)) {
    throw gitProblem(entry, `The repository ${shown} has no folder ${subdirectory} at ${revision}`);
  }
  const { projectName, packages } = readPackageFolder(packageFolder, shown, context);
  return {
    projectName,
    packages,
    lock: { git: String(entry.written.git), revision: commit, ...(subdirectory ? { subdirectory } : {}) },
    title: `revision ${commit}`,
    async install(destination) {
      rmSync(join(folder, '.git'), { recursive: true, force: true });
      renameSync(packageFolder, destination);
    },
  };
}

/** Fetches one commit where the server gives it alone, and everything where it does not. */
async function checkOut(
  entry: GitPackage,
  revision: string,
  url: string,
  context: DepsContext,
): Promise<{ folder: string; commit: string }> {
  // Git would take them for options, or run commands for them.
  if (revision.startsWith('-') || url.startsWith('-') || /^[a-z]+::/.test(url)) {
    throw gitProblem(entry, `'${withoutPassword(url)}' at '${revision}' is no git address`);
  }
  const key = createHash('sha256')
    .update(`${url} ${revision} ${entry.subdirectory ?? ''}`)
    .digest('hex')
    .slice(0, 16);
  const folder = join(context.downloads, `git-${key}`);
  rmSync(folder, { recursive: true, force: true });
  const git = (...words: string[]): Promise<string> => runGit(entry, words, context);
  await git('init', '--quiet', folder);
  await git('-C', folder, 'remote', 'add', 'origin', url);
  try {
    await git('-C', folder, 'fetch', '--quiet', '--depth', '1', 'origin', revision);
    await git('-C', folder, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
  } catch (failure) {
    if (context.signal.aborted) throw failure;
    await git('-C', folder, 'fetch', '--quiet', '--tags', 'origin', '+refs/heads/*:refs/remotes/origin/*');
    const find = (name: string): Promise<string> =>
      git('-C', folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
    const found = await find(`origin/${revision}`)
      .catch(() => find(revision))
      .catch((failure: unknown) => {
        if (context.signal.aborted) throw failure;
        const shown = withoutPassword(entry.url);
        throw gitProblem(entry, `The repository ${shown} has no branch, tag or commit '${revision}'`);
      });
    await git('-C', folder, 'checkout', '--quiet', '--detach', found.trim());
  }
  return { folder, commit: (await git('-C', folder, 'rev-parse', 'HEAD')).trim() };
}

async function runGit(entry: GitPackage, words: readonly string[], { env, signal }: DepsContext): Promise<string> {
  try {
    // It must not ask for a password: nobody may be there.
    const options = { env: { ...env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }, signal, maxBuffer: 2 ** 24 };
    return (await run('git', [...words], options)).stdout;
  } catch (failure) {
    if (signal.aborted) throw failure;
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') throw gitProblem(entry, 'git is not installed');
    const said = String((failure as { stderr?: string }).stderr ?? '').trim();
    const [reason] = said.split('\n').filter((line) => line !== '');
    throw gitProblem(
      entry,
      `Git could not fetch ${withoutPassword(entry.url)}: ${withoutPassword(reason ?? 'no reason given')}`,
    );
  }
}

function gitProblem({ span }: GitPackage, message: string): Problem {
  return new Problem(error('cli/package-git', message, { span }));
}
