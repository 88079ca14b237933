import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const name = /^ingot-base-(\d+)-/;

/** A new folder that is removed when it is closed, or when the process ends. */
export function openTemporary(pid: number): { readonly folder: string; readonly close: () => void } {
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `ingot-base-${pid}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const close = (): void => {
    process.off('exit', remove);
    remove();
  };
  process.on('exit', remove);
  return { folder, close };
}

/** Removes what processes left that were killed. */
function removeLeftovers(): void {
  for (const entry of readdirSync(tmpdir())) {
    const pid = Number(name.exec(entry)?.[1]);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), entry), { recursive: true, force: true });
    } catch {
      // Somebody else's.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
