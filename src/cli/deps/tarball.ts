import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { extract } from 'tar';
import type { TarballPackage } from '../../1-parse/index.ts';
import { error, Problem } from '../../core/index.ts';
import { download, withoutPassword } from './download.ts';
import { readPackageFolder } from './package-folder.ts';
import type { DepsContext, Pinned } from './pinned.ts';

/** A package in an archive with one folder in it. */
export async function pinTarball(
  entry: TarballPackage,
  context: DepsContext,
  realUrl: (text: string) => string,
): Promise<Pinned> {
  const folder = await unpack(realUrl(entry.url), `tarball-${entry.name.replace(/\W/g, '_')}`, context);
  const { packages } = readPackageFolder(folder, entry.name, context);
  return {
    projectName: entry.name,
    packages,
    lock: { tarball: String(entry.written.tarball) },
    title: `tarball (url: ${withoutPassword(entry.url)})`,
    install: async (destination) => renameSync(folder, destination),
  };
}

/** Fetches an archive and unpacks it. Gives the one folder in it. */
export async function unpack(url: string, name: string, { downloads, signal }: DepsContext): Promise<string> {
  const folder = join(downloads, name);
  // Making the lock file has fetched it already.
  if (!existsSync(folder)) {
    const archive = `${folder}.tar.gz`;
    await download(url, archive, signal);
    mkdirSync(folder);
    await extract({ file: archive, cwd: folder }).catch((failure: Error) => {
      throw badArchive(url, failure.message);
    });
  }
  const content = readdirSync(folder, { withFileTypes: true });
  const [only] = content;
  if (content.length !== 1 || !only?.isDirectory()) throw badArchive(url, 'it has to hold one folder with the package');
  return join(folder, only.name);
}

function badArchive(url: string, reason: string): Problem {
  return new Problem(error('cli/package-archive', `The archive ${withoutPassword(url)} cannot be unpacked: ${reason}`));
}
