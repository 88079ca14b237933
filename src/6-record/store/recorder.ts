import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnostic, Event } from '../../core/index.ts';
import { RunRows } from './batch.ts';
import { openStore, type Store } from './open-store.ts';
import { thisProcess } from './process-life.ts';
import { isBusy, unusable } from './store-failure.ts';
import { BatchWriter } from './write-batch.ts';

export interface RecorderOptions {
  /** Absolute path of the state store. */
  readonly file: string;
  /** Told once when history cannot be kept; the run goes on without. */
  readonly onProblem: (diagnostic: Diagnostic) => void;
}

/** Writes the events of one run to the state store. */
export interface Recorder {
  /** Microseconds: rows are kept and written together. Never throws. */
  record(event: Event): void;
  /** A problem of the run as a whole that no event carries. */
  diagnose(diagnostic: Diagnostic): void;
  /** Writes what waits, now and synchronously; happens by itself when the process exits. Never throws. */
  flush(): void;
  /** Writes what waits and closes the store. Never throws. */
  finish(): Promise<void>;
}

/** At most so many rows are lost, or so many milliseconds, when the process dies. */
const rowsPerBatch = 1000;
const batchInterval = 200;

/** Milliseconds to wait for another process that writes: long only at the end of a run, when nobody else waits. */
const patience = { running: 50, exiting: 200, ending: 5000, betweenTries: 500 };

/** Starts to record at once; the store is opened meanwhile. */
export function startRecorder(options: RecorderOptions): Recorder {
  return new StoreRecorder(options);
}

class StoreRecorder implements Recorder {
  readonly #rows = new RunRows(thisProcess());
  readonly #options: RecorderOptions;
  readonly #opening: Promise<void>;
  #store: Store | undefined;
  #writer: BatchWriter | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #onExit = (): void => this.#write(patience.exiting);
  #broken = false;
  #busyUntil = 0;
  /** How another process was noticed that holds the store. */
  #held: unknown;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#opening = this.#open();
    process.on('exit', this.#onExit);
  }

  record(event: Event): void {
    if (this.#broken) return;
    this.#rows.add(event);
    this.#schedule(event.kind === 'run-started' || event.kind === 'run-interrupted');
  }

  diagnose(diagnostic: Diagnostic): void {
    if (this.#broken) return;
    this.#rows.diagnose(diagnostic);
    this.#schedule(false);
  }

  flush(): void {
    this.#write(patience.ending);
  }

  /** Waits between tries, and not in one: Ctrl-C is heard meanwhile. */
  async finish(): Promise<void> {
    await this.#opening;
    const until = Date.now() + patience.ending;
    this.#write(patience.running);
    while (this.#rows.waiting > 0 && !this.#broken) {
      if (Date.now() > until) this.#giveUp(unusable(this.#options.file, this.#held));
      await sleep(patience.running);
      this.#write(patience.running);
    }
    process.removeListener('exit', this.#onExit);
    this.#store?.close();
  }

  async #open(): Promise<void> {
    const { store, diagnostics } = await openStore(this.#options.file);
    for (const diagnostic of diagnostics) this.#giveUp(diagnostic);
    this.#store = store;
    if (!store) return;
    this.#writer = new BatchWriter(store.database);
    this.#write(patience.running);
  }

  /** A run shows up in the store as soon as it starts, and an interruption may be the last thing that is heard of it. */
  #schedule(urgent: boolean): void {
    const full = this.#rows.waiting >= rowsPerBatch && Date.now() >= this.#busyUntil;
    if (urgent || full) this.#write(patience.running);
    else this.#timer ??= setTimeout(() => this.#write(patience.running), batchInterval).unref();
  }

  #write(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#writer || !this.#store || this.#broken || this.#rows.waiting === 0) return;
    try {
      this.#store.waitForOthers(wait);
      this.#writer.write(this.#rows.batch);
      this.#rows.take();
    } catch (failure) {
      // The rows stay: another process that writes for long is no reason to lose them.
      if (isBusy(failure)) {
        this.#busyUntil = Date.now() + patience.betweenTries;
        this.#held = failure;
      } else this.#giveUp(unusable(this.#options.file, failure));
    }
  }

  #giveUp(diagnostic: Diagnostic): void {
    if (!this.#broken) this.#options.onProblem(diagnostic);
    this.#broken = true;
    clearTimeout(this.#timer);
  }
}
