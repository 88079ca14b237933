import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { lockFile, type PackageEntry, readLock, readPackageList } from '../../1-parse/index.ts';
import { makeFolder, Problem } from '../../core/index.ts';
import type { OpenedProject } from '../engine/loaded.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { addPackage, type PackageSource } from './add-package.ts';
import { inParallel } from './in-parallel.ts';
import { hashOfList, writeLock } from './lock.ts';
import type { DepsContext, Pinned } from './pinned.ts';
import { createPin, resolvePackages } from './resolve.ts';

/** `deps`: makes the lock file where the list of packages has changed, and installs what it names. */
export async function installPackages(session: Session): Promise<ExitCode> {
  const engine = await session.engine();
  const project = await engine.openProject(session.call(), session.host);
  const { reporter, host } = session;
  reporter.diagnose(project.diagnostics);
  if (project.diagnostics.some(({ severity }) => severity === 'error')) return 2;
  const { add_package: added, source, lock: onlyLock } = session.invocation.values;
  if (typeof added === 'string') addPackage(project.root, added, source as PackageSource, session);

  host.heedSignals?.();
  const downloads = mkdtempSync(join(tmpdir(), 'ingot-packages-'));
  const context: DepsContext = {
    root: project.root,
    scope: project.packageListScope,
    downloads,
    env: host.env,
    signal: host.signal,
    versionCheck: session.call().versionCheck,
    say: (level, text) => reporter.say(level, text),
  };
  try {
    const wanted = await updateLock(project, context, session);
    const place = resolve(project.root, project.settings.packagesInstallPath);
    if (onlyLock !== true) await install(wanted, place, context, host.uuid());
    return 0;
  } finally {
    rmSync(downloads, { recursive: true, force: true });
  }
}

/** A package to be installed, when it is asked for. */
type Wanted = () => Promise<Pinned>;

/** Resolves the list again where it is not the one that the lock file was made of. Gives what the lock file says. */
async function updateLock(
  project: OpenedProject,
  context: DepsContext,
  { invocation, host }: Session,
): Promise<readonly Wanted[]> {
  const { root, settings } = project;
  const list = readPackageList(root, context.scope);
  if (list.diagnostics.some(({ severity }) => severity === 'error')) throw new Problem(...list.diagnostics);
  for (const { message } of list.diagnostics) context.say('warn', `${list.file}: ${message}`);
  if (list.entries.length === 0) {
    context.say('warn', 'No packages were found in packages.yml');
    return [];
  }
  const hash = hashOfList(list.entries);
  const locked = readLock(root, context.scope);
  if (invocation.values.upgrade !== true && locked?.hash === hash && locked.diagnostics.length === 0)
    return lockedPackages(locked.entries, context);
  const packages = await resolvePackages(list.entries, settings.name, context);
  writeLock(join(root, lockFile), packages, hash, join(root, `.${lockFile}.${host.uuid()}`));
  context.say('info', `Updating lock file in file path: ${join(root, lockFile)}`);
  return packages.map((pinned) => async () => pinned);
}

/** The packages of a lock file: each is certain already, and nothing is added. */
export function lockedPackages(entries: readonly PackageEntry[], context: DepsContext): readonly Wanted[] {
  const pin = createPin(context);
  return entries.map((entry) => () => pin({ entry, from: context.root }));
}

/** Installs beside the old packages and changes the folders when all are there: a failure leaves the old ones. */
export async function install(
  wanted: readonly Wanted[],
  place: string,
  context: DepsContext,
  unique: string,
): Promise<void> {
  const beside = (what: string): string => join(dirname(place), `.${basename(place)}.${what}.${unique}`);
  const fresh = beside('new');
  makeFolder(fresh);
  let installed: readonly Pinned[] = [];
  try {
    const installOne = async (pin: Wanted): Promise<Pinned> => {
      const pinned = await pin();
      await pinned.install(join(fresh, pinned.projectName));
      return pinned;
    };
    installed = await inParallel(wanted, installOne, (pinned) => tell(pinned, context));
    const old = beside('old');
    if (existsSync(place)) renameSync(place, old);
    renameSync(fresh, place);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  const outdated = installed.filter(({ newer }) => newer !== undefined);
  if (outdated.length > 0) {
    context.say('info', `Updates available for packages: ${outdated.map(({ lock }) => lock.package).join(', ')}`);
    context.say('info', 'Update your versions in packages.yml, then run ingot deps');
  }
}

function tell({ projectName, title, lock, newer }: Pinned, { say }: DepsContext): void {
  say('info', `Installing ${String(lock.package ?? projectName)}`);
  say('info', `Installed from ${title}`);
  if (newer !== undefined) say('info', `Updated version available: ${newer}`);
  else if (lock.package !== undefined) say('info', 'Up to date!');
}
