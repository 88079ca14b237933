// Builds dist/: types by tsc, code by rolldown. Loading a few files instead of four hundred saves 200 ms, which is most
// of a small command's time; what only some commands need stays in files of its own.
//
// Paths that somebody depends on are as in src/: the package's entries, whatever is found by reading a folder (commands,
// adapters), and the files that look for others beside themselves. A shelf becomes one file with all its things.
// Packages of many small files that nearly every command loads come along, with their licences.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { transform } from 'rolldown/utils';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src');
const target = join(root, 'dist');
const shelves = ['data-tests', 'functions', 'lint-rules', 'materializations'];
const shelfPrefix = 'shelf:';
/** What the package exports. */
const publicEntries = ['index.ts', 'jinja/index.ts', 'sql/index.ts'];
/** The package whose files take the place of the file that loads it; its native part stays where the package finds it. */
const [driverFile, driver, nativeDriver] = ['adapters/duckdb/driver.ts', '@duckdb/node-api', '@duckdb/node-bindings'];
/** Packages that are bundled, and what they depend on. Loading zod's hundred files takes 60 ms, kysely's 120. */
const bundledPackages = withDependencies(['zod', 'kysely', 'yargs', 'csv-parse', 'js-yaml']);

const sources = readdirSync(source, { recursive: true })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => path.endsWith('.ts'));

/** Files that find others by `import.meta.url` have to stand where src/ has them. */
const looksAround = (path) => /(?<!createRequire\()import\.meta\./.test(readFileSync(join(source, path), 'utf8'));
const isEntry = (path) =>
  [...publicEntries, 'pipeline.ts', 'cli/start.ts', driverFile].includes(path) ||
  /^cli\/commands\/[^/]+\.ts$/.test(path) ||
  /^adapters\/[^/]+\/index\.ts$/.test(path) ||
  looksAround(path);

const entries = sources.filter(isEntry);
const written = new Set();

await bundle(
  {
    input: {
      ...Object.fromEntries(entries.map((path) => [path.slice(0, -'.ts'.length), join(source, path)])),
      ...Object.fromEntries(shelves.map((shelf) => [`${shelf}/all`, shelfPrefix + shelf])),
    },
    plugins: [shelfFiles(), wholeDriver(), foundByRequire(), copiesByAssignment('js-yaml')],
    // A way of yargs to read its settings that nobody takes.
    checks: { emptyImportMeta: false },
  },
  {
    // Only of CommonJS can be kept what V8 has compiled (see src/cli/process/kept-code.ts). An `import()` that is left would be read by
    // the loader of ES modules, which looks through the whole file for names first.
    format: 'cjs',
    exports: 'named',
    dynamicImportInCjs: false,
    entryFileNames: '[name].cjs',
    chunkFileNames: ({ name }) => `parts/${name.split('~')[0]}-[hash].cjs`,
    codeSplitting: {
      groups: [
        { name: 'sql', test: /src\/sql\//, priority: 3 },
        { name: 'load', test: /src\/(core|jinja|1-parse|2-graph)\//, priority: 2 },
        // A file for each set of commands that need the same of it.
        {
          name: 'run',
          test: /src\/(3-compile|4-plan|5-execute)\//,
          priority: 1,
          entriesAware: true,
          entriesAwareMergeThreshold: 20_000,
        },
      ],
    },
  },
);
nameBuild('cli/load-program.cjs');
// Plain JavaScript as it stands.
const main = readFileSync(join(source, 'cli/main.cts'), 'utf8').replaceAll('.ts', '.cjs');
writeFileSync(join(target, 'cli/main.cjs'), main, { mode: 0o755 });
cpSync(join(source, 'cli/templates'), join(target, 'cli/templates'), { recursive: true });
chmodSync(join(target, 'cli/main.cjs'), 0o755);
written.add('cli/main.cjs');
writeFileSync(join(target, 'LICENSES-OF-BUNDLED-PACKAGES.txt'), [...bundledPackages, driver].map(licenceOf).join('\n'));
removeOld();
execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });

async function bundle(input, output) {
  const build = await rolldown({ cwd: root, platform: 'node', external: isPackage, ...input });
  const { output: files } = await build.write({ dir: target, comments: false, ...output });
  await build.close();
  for (const file of files) {
    written.add(file.fileName);
    writeFileSync(join(target, file.fileName), asAscii(file.code));
    const stray = Object.keys(file.modules ?? {}).find(
      (id) => id.startsWith(source) && sources.includes(relative(source, id)) && looksAround(relative(source, id)),
    );
    if (publicEntries.some((path) => file.facadeModuleId === join(source, path))) writeModule(file);
    if (stray && file.facadeModuleId !== stray) throw new Error(`${stray} was moved to ${file.fileName}`);
  }
}

/** A public entry as the ES module that the package promises. */
function writeModule({ fileName, exports }) {
  const path = fileName.replace(/\.cjs$/, '.js');
  written.add(path);
  const names = exports.map((name) => `  ${name},\n`).join('');
  writeFileSync(
    join(target, path),
    `import entry from './${basename(fileName)}';\nexport const {\n${names}} = entry;\n`,
  );
}

/** What is kept of compiled code belongs to these files and no others. */
function nameBuild(path) {
  const contents = createHash('sha1');
  for (const name of [...written].sort()) contents.update(name).update(readFileSync(join(target, name)));
  const code = readFileSync(join(target, path), 'utf8');
  const named = code.replace('"unbuilt"', JSON.stringify(contents.digest('hex')));
  if (named === code) throw new Error(`${path} has no place for the name of the build`);
  writeFileSync(join(target, path), named);
}

function isPackage(id) {
  if (id.startsWith('.') || id.startsWith('/') || id.startsWith(shelfPrefix)) return false;
  if (id === driver || id === nativeDriver) return false;
  return ![...bundledPackages, '@oxc-project/runtime'].some((name) => id === name || id.startsWith(`${name}/`));
}

/**
 * Other letters as escapes: of a file with a single one V8 keeps every letter in two bytes, and takes a tenth longer to read
 * it. Texts that are read raw (`String.raw`) have none.
 */
function asAscii(code) {
  return code.replace(/[\x80-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function withDependencies(names) {
  const found = new Set(names);
  for (const name of found) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    for (const dependency of Object.keys(dependencies)) found.add(dependency);
  }
  return [...found].sort();
}

function licenceOf(name) {
  const folder = join(root, 'node_modules', name);
  const file = readdirSync(folder).find((path) => /^licen[cs]e/i.test(path));
  return `${name}\n\n${readFileSync(join(folder, file), 'utf8')}`;
}

/** The one file of a shelf: the default exports of all files of its folder. */
function shelfFiles() {
  return {
    name: 'shelf-files',
    resolveId: (id) => (id.startsWith(shelfPrefix) ? id : null),
    load(id) {
      if (!id.startsWith(shelfPrefix)) return null;
      const folder = join(source, id.slice(shelfPrefix.length));
      const files = readdirSync(folder, { withFileTypes: true }).filter(
        (file) => file.isFile() && /^export default /m.test(readFileSync(join(folder, file.name), 'utf8')),
      );
      const imports = files.map(
        ({ name }, index) => `import thing${index} from ${JSON.stringify(join(folder, name))};`,
      );
      return [...imports, `export default [${files.map((_, index) => `thing${index}`).join(', ')}];`].join('\n');
    },
  };
}

/**
 * Writes `{ ...defaults, ...options, name: value }` of a package as assignments. V8 of Node 20 makes a hidden class for
 * each object that was begun as a copy and got more names then. The state of js-yaml's parser is one, of which there is
 * one for each file: what reads it took three times as long.
 */
function copiesByAssignment(name) {
  const folder = join(root, 'node_modules', name) + sep;
  return {
    name: 'copies-by-assignment',
    transform: (code, id) => (id.startsWith(folder) ? transform(id, code, { target: 'es2017' }) : null),
  };
}

/**
 * The driver in one file: to find and load its hundred files takes 40 ms more. What is native of it is looked for from the
 * package that depends on it.
 */
function wholeDriver() {
  const require = `createRequire(createRequire(import.meta.url).resolve('${driver}'))`;
  const contents = new Map([
    [join(source, driverFile), `import driver from '${driver}';\nexport const loadDriver = () => driver;`],
    [nativeDriver, `import { createRequire } from 'node:module';\nexport default ${require}('${nativeDriver}');`],
  ]);
  return {
    name: 'whole-driver',
    resolveId: (id) => (id === nativeDriver ? id : null),
    load: (id) => contents.get(id) ?? null,
  };
}

/** Files that are found by reading a folder: of CommonJS, `import()` would give something else, and slowly. */
function foundByRequire() {
  const finding = ['shelves.ts', 'cli/command-line/find-commands.ts'].map((path) => join(source, path));
  return {
    name: 'found-by-require',
    transform: (code, id) =>
      finding.includes(id)
        ? `${code.replaceAll('import(', 'loadFound(')}\nconst loadFound = async (path) => require(path);`
        : null,
  };
}

/** What an earlier build has left and nobody loads any more. */
function removeOld() {
  rmSync(join(target, '.compiled'), { recursive: true, force: true });
  for (const path of readdirSync(target, { recursive: true })) {
    const isCode = /\.c?js$/.test(path) && statSync(join(target, path)).isFile();
    if (isCode && !path.startsWith(`cli${sep}templates`) && !written.has(path.split(sep).join('/'))) {
      rmSync(join(target, path));
    }
  }
}
