import type { TextStream } from '../reporters/stream.ts';

/** A stream of this process. */
export interface ProcessStream extends TextStream {
  /** Why text was lost: a full disk, for example. That nobody reads on (`ingot ls | head`) is no loss. */
  readonly lost: NodeJS.ErrnoException | undefined;
  /** Done once everything is written, or lost. */
  written(): Promise<void>;
}

/** What writing fails with where the reader has gone: the other end of a pipe, or the terminal. */
const readerGone: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ECONNRESET', 'EIO']);

/**
 * Writes to a stream of this process as long as that works, and then no more: a build goes on without being watched. To
 * stop would leave half of it undone because somebody has closed a pager.
 */
export function processStream(stream: NodeJS.WriteStream): ProcessStream {
  let failure: NodeJS.ErrnoException | undefined;
  stream.on('error', (reason: NodeJS.ErrnoException) => {
    failure ??= reason;
  });
  return {
    write(text) {
      if (failure === undefined) stream.write(text);
    },
    isTerminal: stream.isTTY === true,
    size: () => ({ columns: stream.columns ?? 80, rows: stream.rows ?? 24 }),
    get lost() {
      return failure && !readerGone.has(failure.code) ? failure : undefined;
    },
    written: () => new Promise((done) => stream.write('', () => done())),
  };
}
