import { readdir } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Adapter, didYouMeanHint, error, Problem } from './core/index.ts';

const here = fileURLToPath(import.meta.url);
const root = dirname(here);
/** As written, and as built. */
const isCode = /(?<!\.d)\.(?:ts|cjs)$/;

/**
 * The shelves that hold one thing a file, found by reading the folder: no list has to be edited to add one. Built, a
 * shelf is one file with a list of its things.
 */
export async function readShelf<Thing extends { readonly name: string }>(
  shelf: 'materializations' | 'data-tests' | 'functions' | 'lint-rules',
): Promise<ReadonlyMap<string, Thing>> {
  const folder = join(root, shelf);
  const files = (await readdir(folder)).filter((file) => isCode.test(file)).sort();
  const modules = await Promise.all(
    files.map((file) => import(join(folder, file)) as Promise<{ default?: Things<Thing> }>),
  );
  const things = modules.flatMap(({ default: found }) => flatten(found ?? []));
  return new Map(things.map((thing) => [thing.name, thing]));
}

/** A file has one thing, or a family of small ones; a built shelf has a list of both. */
type Things<Thing> = Thing | readonly Things<Thing>[];

function flatten<Thing>(things: Things<Thing>): readonly Thing[] {
  return Array.isArray(things) ? things.flatMap((inner: Things<Thing>) => flatten(inner)) : [things as Thing];
}

const adaptersFolder = join(root, 'adapters');

/** Types that a target may have. */
export async function adapterTypes(): Promise<readonly string[]> {
  const entries = await readdir(adaptersFolder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The adapter of a target's type. Throws `Problem` naming the types that there are. */
export async function findAdapter(type: string): Promise<Adapter> {
  const types = await adapterTypes();
  if (!types.includes(type)) {
    throw new Problem(
      error('targets/unknown-adapter', `There is no adapter for type '${type}'`, {
        hint: didYouMeanHint(type, types) ?? `Known types: ${types.join(', ')}`,
      }),
    );
  }
  const module = (await import(join(adaptersFolder, type, `index${extname(here)}`))) as { default: Adapter };
  return module.default;
}
