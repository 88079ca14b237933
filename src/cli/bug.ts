import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Invocation } from './command-line/invocation.ts';
import type { ExitCode } from './engine/outcome.ts';
import type { Outside } from './outside.ts';
import type { Reporter } from './reporters/reporter.ts';
import { ownVersion } from './version.ts';

/** Something was thrown that is no problem of the user's: says so in few words and keeps the details in a file. */
export function reportBug(
  failure: unknown,
  invocation: Invocation | undefined,
  reporter: Reporter | undefined,
  outside: Outside,
): ExitCode {
  const details = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  const short = failure instanceof Error ? failure.message : String(failure);
  const text = [
    `This is a bug in Ingot: ${short.split('\n', 1)[0]}`,
    keep(details, invocation, outside),
    ...(invocation?.values.debug === true ? [details] : []),
  ].join('\n');
  if (reporter) reporter.say('error', text);
  else outside.stderr.write(`${text}\n`);
  return 2;
}

/** A file of its own: the log may be switched off, and this is what is sent to us. */
function keep(details: string, invocation: Invocation | undefined, outside: Outside): string {
  const time = outside.now().toISOString();
  const file = join(tmpdir(), `ingot-bug-${time.replace(/[^\d]/g, '')}-${outside.pid}.txt`);
  const system = `ingot ${ownVersion()}, node ${process.version}, ${process.platform} ${process.arch}`;
  try {
    mkdirSync(tmpdir(), { recursive: true });
    writeFileSync(file, `${time}\n${system}\n${invocation?.line ?? 'ingot'}\n\n${details}\n`);
    return `The details are in ${file}; please send them to us.`;
  } catch {
    return 'The details could not be written to a file; use --debug to see them.';
  }
}
