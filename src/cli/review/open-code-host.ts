import type { CodeHost, HostWorld } from './code-host.ts';
import { githubHost } from './github/github-host.ts';
import { githubRun } from './github/github-run.ts';

/** The host that the environment speaks of, or undefined where it speaks of none. Asks nobody yet. */
export function openCodeHost(world: HostWorld): CodeHost | undefined {
  const run = githubRun(world.env);
  return run && githubHost(run, world);
}
