import { setTimeout as pause } from 'node:timers/promises';
import type Database from 'libsql';
import { type Lease, type Leases, runLabel } from '../../core/index.ts';
import type { Store } from './open-store.ts';
import { isGone, type ProcessIdentity, thisProcess } from './process-life.ts';
import type { BuilderRow, LeaseRow } from './schema.ts';
import { isBusy } from './store-failure.ts';

export interface LeaseOptions {
  /** Leases of different targets have nothing to do with each other. */
  readonly target: string;
  /** Tells this run from all others. */
  readonly holder: string;
  /** When the run was planned, in milliseconds since 1970. */
  readonly since: number;
  /** Default: what suits a machine. For tests. */
  readonly heartbeatMs?: number | undefined;
  readonly patienceMs?: number | undefined;
  readonly pauseMs?: number | undefined;
}

/** Leases that this process renews until they are closed. */
export interface OpenLeases extends Leases {
  /** Gives back what is still held, and stops renewing. Leaves the store open. */
  close(): void;
}

/** Milliseconds between renewals; without one for so long, a lease is anybody's; and between two attempts to get one. */
const defaults = { heartbeatMs: 2000, patienceMs: 30_000, pauseMs: 50 };

/** Milliseconds until what was given back is written. */
const givingBackMs = 20;

/** Among what a run builds, this stands for the run itself. */
const theRun = '';

/** Who has built is remembered for as long as runs may last that were planned meanwhile, in milliseconds. */
const buildersAreKept = 7 * 24 * 3_600_000;

/** Leases that are kept in the state store. Throws what the store throws. */
export function openLeases({ database }: Pick<Store, 'database'>, options: LeaseOptions): OpenLeases {
  return new StoreLeases(database, { ...defaults, ...withoutUndefined(options) } as Required<LeaseOptions>);
}

class StoreLeases implements OpenLeases {
  readonly since: number;
  readonly #database: Database.Database;
  readonly #options: Required<LeaseOptions>;
  readonly #process: ProcessIdentity = thisProcess();
  readonly #timer: NodeJS.Timeout;
  readonly #statements: ReturnType<typeof prepare>;
  /** Given back, and not written yet: a short while, or a lease that is not there for the taking, brings it about. */
  #given: { readonly asset: string; readonly keys: readonly string[] }[] = [];
  #giving: NodeJS.Timeout | undefined;
  /** Of which this run has built something. */
  readonly #assets = new Set<string>();

  constructor(database: Database.Database, options: Required<LeaseOptions>) {
    this.#database = database;
    this.#options = options;
    this.since = options.since;
    this.#statements = prepare(database);
    this.#dropAbandoned();
    this.#build(theRun);
    this.#timer = setInterval(() => this.#renew(), options.heartbeatMs).unref();
  }

  /** A store that is busy for long is asked again later; one that is broken must not stop a run. */
  take(asset: string, keys: readonly string[]): Lease | undefined {
    try {
      return this.#takeOne(asset, keys) ?? this.#take(asset, keys);
    } catch (failure) {
      return isBusy(failure) ? undefined : unprotected;
    }
  }

  /**
   * What nearly every partition needs: one row that nobody has, of an asset that this run is known to build. A statement is
   * a transaction by itself, at half the cost of one around several.
   */
  #takeOne(asset: string, keys: readonly string[]): Lease | undefined {
    const [key, ...more] = keys;
    if (key === undefined || more.length > 0 || !this.#assets.has(asset)) return undefined;
    if (this.#statements.put.run(this.#row(asset, key)).changes === 0) return undefined;
    return this.#leaseOf(asset, keys, this.#mayBuild(asset));
  }

  #take(asset: string, keys: readonly string[]): Lease | undefined {
    const { target, holder } = this.#options;
    const lease = this.#together(() => {
      this.#writeGiven();
      const taken = keys.filter((key) => this.#statements.put.run(this.#row(asset, key)).changes === 0);
      const abandoned = taken.filter((key) => this.#takeOver(asset, key));
      if (abandoned.length < taken.length) {
        const mine = keys.filter((key) => !taken.includes(key));
        for (const key of [...mine, ...abandoned]) this.#statements.drop.run([target, asset, key, holder]);
        return undefined;
      }
      if (!this.#assets.has(asset)) this.#build(asset);
      return this.#leaseOf(asset, keys, taken.length > 0 || this.#mayBuild(asset));
    });
    if (lease) this.#assets.add(asset);
    return lease;
  }

  #build(asset: string): void {
    const { pid, host, processStartedAt } = this.#process;
    const { target, holder } = this.#options;
    this.#statements.build.run([target, asset, holder, pid, host, processStartedAt]);
  }

  /** Whether other runs may have built of an asset since this one was planned. */
  #mayBuild(asset: string): boolean {
    const { target, holder } = this.#options;
    return this.#statements.others.get([target, asset, holder, this.since]) !== undefined;
  }

  #row(asset: string, key: string): (string | number)[] {
    const { target, holder } = this.#options;
    const { pid, host, processStartedAt } = this.#process;
    return [target, asset, key, holder, pid, host, processStartedAt, Date.now()];
  }

  hasEnded(run: string): boolean | undefined {
    const runs = this.#statements.runs.all([this.#options.target, theRun]) as BuilderRow[];
    const found = runs.find(({ holder }) => runLabel(holder) === run);
    return found && (found.ended_at !== null || isGone(identityOf(found)));
  }

  async pause(): Promise<void> {
    await pause(this.#options.pauseMs);
  }

  close(): void {
    clearInterval(this.#timer);
    const { holder } = this.#options;
    this.#giveBack();
    try {
      this.#database.prepare('delete from leases where holder = ?').run([holder]);
      this.#database.prepare('update builders set ended_at = ? where holder = ?').run([Date.now(), holder]);
    } catch {
      // What was built is built: others find that this process is gone.
    }
  }

  #leaseOf(asset: string, keys: readonly string[], contested: boolean): Lease {
    const { holder } = this.#options;
    const holds = (): boolean => {
      try {
        return keys.every((key) => this.#lease(asset, key)?.holder === holder);
      } catch {
        return true;
      }
    };
    let released = false;
    return {
      contested,
      holds,
      release: () => {
        if (released) return;
        released = true;
        this.#given.push({ asset, keys });
        this.#giving ??= setTimeout(() => this.#giveBack(), givingBackMs).unref();
      },
    };
  }

  #giveBack(): void {
    try {
      if (this.#given.length > 0) this.#together(() => this.#writeGiven());
    } catch {
      // A store that is busy for longer is told with the next lease; others find the process gone at the latest.
    }
  }

  #writeGiven(): void {
    clearTimeout(this.#giving);
    this.#giving = undefined;
    const { target, holder } = this.#options;
    for (const { asset, keys } of this.#given) {
      for (const key of keys) this.#statements.drop.run([target, asset, key, holder]);
    }
    this.#given = [];
  }

  #lease(asset: string, key: string): LeaseRow | undefined {
    return this.#statements.get.get([this.#options.target, asset, key]) as LeaseRow | undefined;
  }

  /** Takes a lease over from a holder that is gone. */
  #takeOver(asset: string, key: string): boolean {
    const lease = this.#lease(asset, key);
    if (lease && !this.#isAbandoned(lease)) return false;
    this.#statements.replace.run(this.#row(asset, key));
    return true;
  }

  /** Its holder is certainly gone, or has not been heard of for so long that it counts as gone. */
  #isAbandoned(lease: LeaseRow): boolean {
    return Date.now() - lease.heartbeat_at > this.#options.patienceMs || isGone(identityOf(lease));
  }

  /** Whatever their holders have published stands in the ledger, which is read after this. */
  #dropAbandoned(): void {
    const { target } = this.#options;
    const all = this.#database.prepare('select * from leases where target = ?').all([target]) as LeaseRow[];
    for (const lease of all.filter((one) => this.#isAbandoned(one))) {
      this.#statements.drop.run([target, lease.asset, lease.partition_key, lease.holder]);
    }
    const now = Date.now();
    const ended = this.#database.prepare('update builders set ended_at = ? where holder = ?');
    const open = this.#database.prepare('select * from builders where target = ? and ended_at is null').all([target]);
    for (const builder of open as BuilderRow[]) if (isGone(identityOf(builder))) ended.run([now, builder.holder]);
    this.#database.prepare('delete from builders where ended_at < ?').run([now - buildersAreKept]);
  }

  #renew(): void {
    try {
      this.#statements.renew.run([Date.now(), this.#options.holder]);
    } catch {
      // A store that is busy for longer is tried again at the next beat, long before the leases are anybody's.
    }
  }

  #together<T>(work: () => T): T {
    this.#statements.begin.run();
    try {
      const result = work();
      this.#statements.commit.run();
      return result;
    } catch (failure) {
      if (this.#database.inTransaction) this.#database.exec('rollback');
      throw failure;
    }
  }
}

/** Nobody can be asked whether others build the same; what they have published is looked for. */
const unprotected: Lease = { contested: true, holds: () => true, release() {} };

function prepare(database: Database.Database) {
  const eightMarks = '(?, ?, ?, ?, ?, ?, ?, ?)';
  const ofLease = 'where target = ? and asset = ? and partition_key = ?';
  return {
    begin: database.prepare('begin immediate'),
    commit: database.prepare('commit'),
    get: database.prepare(`select * from leases ${ofLease}`),
    put: database.prepare(`insert or ignore into leases values ${eightMarks}`),
    replace: database.prepare(`insert or replace into leases values ${eightMarks}`),
    drop: database.prepare(`delete from leases ${ofLease} and holder = ?`),
    renew: database.prepare('update leases set heartbeat_at = ? where holder = ?'),
    build: database.prepare('insert or ignore into builders values (?, ?, ?, ?, ?, ?, null)'),
    runs: database.prepare('select * from builders where target = ? and asset = ?'),
    others: database.prepare(
      `select 1 as found from builders
       where target = ? and asset = ? and holder <> ? and (ended_at is null or ended_at >= ?) limit 1`,
    ),
  };
}

const identityOf = ({ pid, host, process_started_at: processStartedAt }: LeaseRow | BuilderRow): ProcessIdentity => ({
  pid,
  host,
  processStartedAt,
});

function withoutUndefined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
