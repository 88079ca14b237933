import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { error, Problem } from '../../core/index.ts';

const attempts = 5;
const timeout = 30_000;

/** Fetches a JSON document. Throws `Problem` where it cannot be had. */
export async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  return await withRetries(url, signal, async (response) => (await response.json()) as unknown);
}

/** Fetches a file. Throws `Problem` where it cannot be had. */
export async function download(url: string, file: string, signal: AbortSignal): Promise<void> {
  await withRetries(url, signal, async (response) => {
    if (!response.body) throw new Error('the answer is empty');
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file));
  });
}

async function withRetries<T>(url: string, signal: AbortSignal, read: (response: Response) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]) });
      if (response.ok) return await read(response);
      const message = `${response.status} ${response.statusText}`;
      // What the server refuses, it refuses again.
      if (response.status < 500 && response.status !== 429) throw unreachable(url, message);
      throw new Error(message);
    } catch (failure) {
      if (failure instanceof Problem || signal.aborted) throw failure;
      if (attempt === attempts) throw unreachable(url, reasonOf(failure));
      await sleep(200 * 2 ** attempt, undefined, { signal });
    }
  }
}

/** The reason of a failed fetch is in its cause. */
function reasonOf(failure: unknown): string {
  const { message, cause } = failure as Error;
  return cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || message : message;
}

function unreachable(url: string, reason: string): Problem {
  return new Problem(
    error('cli/download-failed', `${withoutPassword(url)} could not be fetched: ${reason}`, {
      hint: 'Look at the address and at the network, and run ingot deps again',
    }),
  );
}

/** An address as it may be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/(\/\/)[^/@]*@/, '$1');
}
