import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../cli/engine/call.ts';
import type { ConnectionReport } from '../cli/engine/debug.ts';
import type { Host } from '../cli/engine/host.ts';
import { type Diagnostic, error, Problem, StatementError } from '../core/index.ts';
import { profileFolders, readOutside } from './loading/load.ts';

/** What `ingot debug` reports: project file, profile, and whether the warehouse answers. */
export async function checkConnection(call: Call, host: Host): Promise<ConnectionReport> {
  const { root, project, profile } = await readOutside(call, host);
  const { target, adapter, diagnostics } = profile;
  const folder = profileFolders(call, host, root).find((candidate) => existsSync(join(candidate, 'profiles.yml')));
  return {
    profilesFile: folder === undefined ? null : join(folder, 'profiles.yml'),
    target,
    visible: target?.visible ?? {},
    project: project.diagnostics,
    profile: diagnostics,
    connection:
      target &&
      adapter &&
      (await problemsOf(async () => {
        const warehouse = await adapter.connect(target.output, { threads: 1 });
        try {
          const session = await warehouse.openSession();
          await session.query('select 1 as id');
          return (await session.checkAccess?.(target.database, target.schema)) ?? [];
        } finally {
          await warehouse.close();
        }
      })),
  };
}

async function problemsOf(attempt: () => Promise<readonly Diagnostic[]>): Promise<readonly Diagnostic[]> {
  try {
    return await attempt();
  } catch (failure) {
    if (failure instanceof Problem) return failure.diagnostics;
    if (failure instanceof StatementError) return [error('targets/no-answer', failure.message)];
    throw failure;
  }
}
