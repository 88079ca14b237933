// Runs a command and says what it cost: wall and CPU seconds, peak memory of the largest process in MB.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @returns {Promise<{wall: number, cpu: number, memory: number, code: number, stdout: string, stderr: string}>} */
export function measure(command, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    // bash's `time` reports the CPU seconds of the whole process tree, which Node cannot tell of its children.
    const script = 'TIMEFORMAT="%R %U %S"; time "$@" 2>&3';
    const child = spawn('bash', ['-c', script, 'bash', ...command], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const text = ['', '', '', ''];
    for (const n of [1, 2, 3]) child.stdio[n].on('data', (chunk) => (text[n] += chunk));
    let memory = 0;
    const timer = setInterval(() => {
      memory = Math.max(memory, ...descendants(child.pid).map(peakMemory));
    }, 10);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      const [wall, user, system] = (text[2].trim().split('\n').at(-1) ?? '').split(' ').map(Number);
      resolve({ wall, cpu: user + system, memory, code, stdout: text[1], stderr: text[3] });
    });
  });
}

function descendants(pid) {
  const children = readProc(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** VmHWM, in MB; 0 where there is no /proc or the process is gone. */
function peakMemory(pid) {
  const match = /VmHWM:\s+(\d+) kB/.exec(readProc(`/proc/${pid}/status`));
  return match ? Number(match[1]) / 1024 : 0;
}

function readProc(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The middle one of several measurements, by each figure for itself. */
export function median(measurements) {
  const middle = (key) => {
    const sorted = measurements.map((one) => one[key]).sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)];
  };
  return { wall: middle('wall'), cpu: middle('cpu'), memory: middle('memory') };
}
