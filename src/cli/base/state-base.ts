import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readManifest } from '../../6-record/index.ts';
import type { Host } from '../engine/host.ts';
import type { Loaded } from '../engine/loaded.ts';
import type { OpenBase } from './base.ts';
import { baseProblem } from './git.ts';

/** The project as a manifest tells of it: of a folder, relative to the project as with all commands, or at an address. */
export async function stateBase(state: string, loaded: Loaded, host: Host, folder: string): Promise<OpenBase> {
  const file = await fileOf(state, loaded.graph.project.root, host, join(folder, 'manifest.json'));
  const manifest = readManifest(file);
  if (!manifest)
    throw baseProblem(`There is no manifest.json in ${state}`, 'ingot parse and most other commands write one');
  return { kind: 'manifest', state: { name: state }, manifest, diagnostics: [] };
}

async function fileOf(state: string, root: string, host: Host, download: string): Promise<string> {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(state)?.[1]?.toLowerCase();
  const manifestIn = (place: string): string => (place.endsWith('.json') ? place : join(place, 'manifest.json'));
  if (scheme === undefined) return manifestIn(resolve(root, state));
  if (scheme === 'file') return manifestIn(fileURLToPath(state));
  if (scheme !== 'https' && scheme !== 'http') {
    throw baseProblem(
      `${state} is no address that can be read`,
      'Use https:, http: or file:, or copy it to a folder first',
    );
  }
  writeFileSync(download, await fetched(state, host));
  return download;
}

async function fetched(state: string, { signal }: Host): Promise<string> {
  const url = new URL(state);
  if (!url.pathname.endsWith('.json')) url.pathname = `${url.pathname.replace(/\/$/, '')}/manifest.json`;
  const shown = `${url.origin}${url.pathname}`;
  let answer: Response;
  try {
    answer = await fetch(url, { signal });
  } catch (failure) {
    if (signal.aborted) throw failure;
    const { cause, message } = failure as Error;
    throw baseProblem(`${shown} cannot be reached: ${cause instanceof Error ? cause.message : message}`);
  }
  if (answer.ok) return answer.text();
  throw baseProblem(`${shown} cannot be read: the server says ${answer.status} ${answer.statusText}`.trim());
}
