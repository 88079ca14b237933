import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { type DataPath, type Diagnostic, error, StatementError, type TargetDiagnostic } from '../../core/index.ts';
import { readVendorError } from './statement-errors.ts';

/**
 * Says in plain words why a database could not be opened, and what to do.
 *
 * @param failure what the driver or the file system has thrown, or its message.
 * @param at where the target names the database.
 */
export async function openProblem(failure: unknown, path: string, at: DataPath = ['path']): Promise<TargetDiagnostic> {
  return { ...(await describe(failure, path)), at, part: 'value' };
}

async function describe(failure: unknown, path: string): Promise<Diagnostic> {
  const code = (failure as { code?: unknown } | null)?.code;
  const text = failure instanceof Error ? failure.message : String(failure);
  const message = failure instanceof StatementError ? failure.message : readVendorError(text).message;
  const holder = /Conflicting lock is held in (.*?)\(PID (\d+)\)/.exec(message);
  if (holder) return lockedProblem(fileOf(message) ?? path, Number(holder[2]), holder[1]?.trim() ?? '');
  if (message.includes('Could not set lock on file')) return lockedProblem(fileOf(message) ?? path, undefined, '');
  for (const [pattern, make] of known) {
    if (pattern.test(message) || (typeof code === 'string' && pattern.test(code))) return make(path, message);
  }
  if (await isFolder(path)) return folderProblem(path);
  return error('duckdb/open', `The database '${path}' could not be opened: ${message}`);
}

type Make = (path: string, message: string) => Diagnostic;

const folderProblem = (path: string): Diagnostic =>
  error('duckdb/folder', `'${path}' is a folder, not a database file`, {
    hint: "Give `path` the name of a file in it, for example 'warehouse.duckdb'.",
  });

const known: readonly (readonly [RegExp, Make])[] = [
  [/Is a directory|EISDIR/, folderProblem],
  [
    /not a valid DuckDB database file|Corrupt database file|Could not read enough bytes|checksum|unpack|Serialization Error|internal error.*storage/i,
    (path, message) =>
      error('duckdb/corrupt', `'${path}' is not a DuckDB database, or it is damaged: ${message}`, {
        hint: 'Is it the right file? If the data can be built again, move the file away and run again.',
      }),
  ],
  [
    /version number|newer version of DuckDB|older (?:version|storage)|different version of DuckDB/i,
    (path, message) =>
      error('duckdb/version', `'${path}' was written by another version of DuckDB: ${message}`, {
        hint: 'Open it with that version and `EXPORT DATABASE`, or let Ingot build a new file.',
      }),
  ],
  [
    /No space left on device|ENOSPC|Disk quota/,
    (path, message) =>
      error('duckdb/disk-full', `The disk of '${path}' is full: ${message}`, {
        hint: 'Free some space and run again.',
      }),
  ],
  [
    /in read-only mode: database does not exist/,
    (path) =>
      error('duckdb/open', `There is no database '${path}', and what is only read is not made`, {
        hint: 'Change its path, or build it first.',
      }),
  ],
  [
    /Permission denied|EACCES|EPERM|Read-only file system|EROFS|read-only mode/i,
    (path, message) =>
      error('duckdb/not-writable', `'${path}' cannot be written: ${message}`, {
        hint: 'Ingot has to create files in that folder. Change its permissions, or that `path`.',
      }),
  ],
  [
    /No such file or directory|ENOENT|ENOTDIR|EEXIST/,
    (path, message) =>
      error('duckdb/no-folder', `The folder of '${path}' could not be made: ${message}`, {
        hint: 'Change that `path`.',
      }),
  ],
  [
    // Other databases' files are known by how they begin.
    /extension "\w+_scanner"/i,
    (path, message) =>
      error(
        'duckdb/extension',
        `'${path}' is no DuckDB file: the extension that reads it could not be loaded (${/\w+_scanner/.exec(message)?.[0]})`,
        { hint: 'Give `path` the name of a DuckDB file. The extension is downloaded once; that needs the network.' },
      ),
  ],
  [
    /Failed to download extension|Extension ".*" (?:could not|not found)|Failed to load/,
    (_path, message) =>
      error('duckdb/extension', `A DuckDB extension could not be loaded: ${message}`, {
        hint: 'Extensions are downloaded once; that needs the network, or a `repo` that can be reached.',
      }),
  ],
];

async function lockedProblem(path: string, pid: number | undefined, program: string): Promise<Diagnostic> {
  const command = pid === undefined ? undefined : await commandOf(pid);
  const name = oneLine(command ?? (program || 'name unknown'));
  const who = pid === undefined ? 'another process' : `process ${pid} (${name})`;
  return error('duckdb/locked', `'${path}' is in use: ${who} has it open`, {
    hint: `A DuckDB file can be open in one process only. Wait until that one ends or close it${
      pid === undefined ? '' : ` (kill ${pid})`
    }, then run again.`,
  });
}

const longestCommand = 100;

function oneLine(command: string): string {
  const text = command.replace(/\s+/g, ' ').trim();
  return text.length > longestCommand ? `${text.slice(0, longestCommand)}…` : text;
}

/** The command line of a process, where the system tells it. */
async function commandOf(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const words = text.split('\0').filter(Boolean);
    if (words.length > 0) return words.join(' ');
  } catch {
    // Not a Linux system, or not our process: `ps` may know.
  }
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'args=', '-p', String(pid)], { timeout: 1000 }, (failed, stdout) => {
      resolve(failed ? undefined : stdout.trim() || undefined);
    });
  });
}

function fileOf(message: string): string | undefined {
  return /on file "([^"]+)"/.exec(message)?.[1];
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
