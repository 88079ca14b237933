import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './command.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../commands');

/** As written, and as built. */
const isCode = /(?<!\.d)\.(?:ts|cjs)$/;

/** All commands: whatever file is in the folder is one. Sorted by name. */
export async function findCommands(): Promise<Command[]> {
  const files = readdirSync(folder).filter((file) => isCode.test(file));
  return Promise.all(files.sort().map(load));
}

/** The command of that name without reading the others; undefined where no file has the name. */
export async function findCommand(name: string): Promise<Command | undefined> {
  if (!/^[a-z][a-z-]*$/.test(name)) return undefined;
  const file = readdirSync(folder).find((candidate) => candidate === `${name}.cjs` || candidate === `${name}.ts`);
  return file === undefined ? undefined : load(file);
}

async function load(file: string): Promise<Command> {
  const module = (await import(join(folder, file))) as { default: Command };
  return module.default;
}
