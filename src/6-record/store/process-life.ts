import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells one process of one machine from all others, before and after: process ids are used again. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly processStartedAt: number;
}

/** Clocks are read at two places and ticks are 10 ms: starts that are this near are the same. */
const tolerance = 2000;

/** This process. */
export function thisProcess(): ProcessIdentity {
  const startedAt = startOf(process.pid) ?? Date.now() - Math.round(process.uptime() * 1000);
  return { pid: process.pid, host: hostname(), processStartedAt: startedAt };
}

/** Whether a process that recorded a run is certainly gone. Of another machine's processes nothing is known. */
export function isGone(recorded: ProcessIdentity): boolean {
  if (recorded.host !== hostname()) return false;
  if (!exists(recorded.pid)) return true;
  const startedAt = startOf(recorded.pid);
  return startedAt !== undefined && Math.abs(startedAt - recorded.processStartedAt) > tolerance;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process started, where the system tells it in a file (Linux); undefined elsewhere. */
function startOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, which may hold anything; the 22nd is the start in ticks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[19]);
    const boot = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1];
    return boot === undefined || Number.isNaN(ticks) ? undefined : Number(boot) * 1000 + ticks * 10;
  } catch {
    return undefined;
  }
}
