import { execFileSync } from 'node:child_process';

const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];

/** Calls git in a folder, as somebody whose name no setting of the machine has to say. Gives what it prints. */
export function git(folder: string, ...words: string[]): string {
  return execFileSync('git', [...who, ...words], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Makes a repository of a folder: one commit on the branch `main`, with all that is there. */
export function makeRepository(folder: string): void {
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '--message', 'base');
}
