import { memberToValue } from '../../core/index.ts';
import { repr } from '../../jinja/index.ts';
import { envMark, type Reads } from '../files/file-facts.ts';
import { meaningOf } from './parse-scope.ts';
import { varsWith } from './vars.ts';
import type { World } from './world.ts';

/** Whether a rendering would read today what it read when its outcome was kept. */
export function stillValid(world: World, packageName: string, reads: Reads, meanings: Map<string, string>): boolean {
  for (const name in reads.names) {
    const key = `${packageName}:${name}`;
    let meaning = meanings.get(key);
    if (meaning === undefined) {
      meaning = meaningOf(world, packageName, name);
      meanings.set(key, meaning);
    }
    if (meaning !== reads.names[name]) return false;
  }
  const { vars } = world.environment;
  for (const name of reads.missingVars ?? []) {
    if (varsWith(world, packageName, vars, name)) return false;
  }
  for (const [name, value] of Object.entries(reads.vars ?? {})) {
    const now = varsWith(world, packageName, vars, name);
    if (now === undefined || repr(memberToValue(now, name)) !== value) return false;
  }
  for (const [name, value] of Object.entries(reads.env ?? {})) {
    const now = world.environment.env(name);
    world.onEnv(name, now);
    if (envMark(now) !== value) return false;
  }
  return true;
}
