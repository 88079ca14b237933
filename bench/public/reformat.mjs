// Reformats every SQL file of a public project, and asks Ingot and dbt-core what has changed.
//   node bench/public/reformat.mjs --project DIR --dbt VENV/bin/dbt [--formatter VENV/bin/sqlfmt] [--folder DIR] [--snowflake]
// Without a formatter, each file gets other space, other comments and words in capital letters; Jinja stays as it is.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { repositoriesIn, startHub } from './hub.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    project: { type: 'string' },
    folder: { type: 'string', default: '.' },
    /** What is reformatted. Default: the project; of a package, its tests' project may stand in another folder. */
    sources: { type: 'string' },
    dbt: { type: 'string' },
    formatter: { type: 'string' },
    git: { type: 'string' },
    snowflake: { type: 'boolean', default: false },
    env: { type: 'string', multiple: true, default: [] },
    ingot: { type: 'string', default: join(here, '../../dist/cli/main.cjs') },
  },
});
const out = mkdtempSync(join(tmpdir(), 'ingot-reformat-'));
const copy = join(out, 'project');
const hub = values.git ? await startHub(resolve(values.git)) : undefined;
const env = {
  ...process.env,
  ...Object.fromEntries(values.env.map((pair) => pair.split(/=(.*)/s).slice(0, 2))),
  ...(hub ? { DBT_PACKAGE_HUB_URL: hub.address, ...gitFromFolder(resolve(values.git)) } : {}),
  DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
};

// A mirror may lack large files: they are left out for both.
spawnSync('git', ['clone', '--quiet', resolve(values.project), copy], { stdio: 'ignore' });
const commit = git(copy, 'rev-parse', '--short', 'HEAD').trim();
rmSync(join(copy, '.git'), { recursive: true });
git(copy, 'init', '--quiet');
git(copy, 'add', '--all', '--force');
const folder = join(copy, values.folder);
const settings = parse(readFileSync(join(folder, 'dbt_project.yml'), 'utf8'));
writeFileSync(join(folder, 'profiles.yml'), profileOf(settings.profile));
await run(values.dbt, 'deps');
if (existsSync(join(folder, 'package-lock.yml'))) git(folder, 'add', '--force', 'package-lock.yml');
git(copy, '-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '--quiet', '--message', 'base');
console.log(`${values.project} ${commit} in ${out}`);
await run(values.dbt, 'parse', '--quiet');
cpSync(join(folder, 'target'), join(out, 'state'), { recursive: true });

const sources = values.sources === undefined ? folder : join(copy, values.sources);
const told = parse(readFileSync(join(sources, 'dbt_project.yml'), 'utf8'));
const folders = ['model-paths', 'snapshot-paths', 'test-paths', 'analysis-paths', 'macro-paths'];
const usual = { 'model-paths': ['models'], 'snapshot-paths': ['snapshots'], 'macro-paths': ['macros'] };
const files = folders
  .flatMap((key) => told[key] ?? usual[key] ?? [])
  .map((name) => join(sources, name))
  .filter(existsSync)
  .flatMap((path) => readdirSync(path, { recursive: true }).map((name) => join(path, name)))
  .filter((path) => path.endsWith('.sql'));
if (values.formatter)
  spawnSync(values.formatter, ['--quiet', '--line-length', '60', ...files], { env, stdio: 'inherit' });
let edited = 0;
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const changed = values.formatter ? text : reformatted(text);
  writeFileSync(file, changed);
  if (changed !== git(sources, 'show', `HEAD:./${file.slice(sources.length + 1)}`)) edited += 1;
}

const changes = JSON.parse(
  await run(process.execPath, values.ingot, 'changes', '--base', 'HEAD', '--output', 'json', '--quiet'),
);
const counted = changes.nodes.filter((node) => node.class !== 'none');
const listed = await run(
  values.dbt,
  '--quiet',
  'ls',
  '--select',
  'state:modified',
  '--state',
  join(out, 'state'),
  '--output',
  'name',
);
const all = await run(values.dbt, '--quiet', 'ls', '--output', 'name', '--resource-type', 'all');
console.log(`nodes: ${lines(all).length}; files of SQL: ${files.length}, edited: ${edited}`);
console.log(
  `ingot changes: ${changes.nodes.length} nodes listed, ${counted.length} of them changed, ${changes.affected.length} affected`,
);
for (const node of changes.nodes)
  console.log(`  ${node.id}: ${node.class}: ${node.reasons.map(({ text }) => text).join('; ')}`);
console.log(`dbt ls --select state:modified: ${lines(listed).length}`);
hub?.stop();

/** The text with other space, other comments and words in capital letters; Jinja and quotes stay as they are. */
function reformatted(text) {
  const pieces =
    /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}|'(?:[^']|'')*'|"[^"]*"|\$\$[\s\S]*?\$\$|--[^\n]*|\/\*[\s\S]*?\*\/|\s+|\b(?:select|from|where|and|or|as|on|left|inner|join|group|order|by|case|when|then|else|end|with|distinct)\b/gi;
  return text.replace(pieces, (piece) => {
    if (/^\s+$/.test(piece)) return piece.includes('\n') ? '\n    ' : '\n  ';
    if (piece.startsWith('--')) return /[{}]|\*\//.test(piece) ? piece : `/* ${piece.slice(2).trim()} */`;
    return /^[a-z]/i.test(piece) ? piece.toUpperCase() : piece;
  });
}

function profileOf(name) {
  const login = 'account: none, user: none, password: none, warehouse: none';
  const output = values.snowflake
    ? `{ type: snowflake, ${login}, database: analytics, schema: dev, threads: 4 }`
    : '{ type: duckdb, path: dev.duckdb, schema: main, threads: 4 }';
  return `${name}:\n  target: dev\n  outputs:\n    dev: ${output}\n`;
}

function gitFromFolder(repositories) {
  const pairs = repositoriesIn(repositories).flatMap(({ owner, name, path }) =>
    ['https://github.com/', 'git@github.com:'].flatMap((host) => [
      [`url.file://${path}.insteadOf`, `${host}${owner}/${name}.git`],
      [`url.file://${path}.insteadOf`, `${host}${owner}/${name}`],
    ]),
  );
  const entries = pairs.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return { ...Object.fromEntries(entries), GIT_CONFIG_COUNT: String(pairs.length) };
}

/** Runs a command in the project, while the hub answers. */
async function run(command, ...words) {
  const { execFile } = await import('node:child_process');
  return new Promise((done, failed) => {
    execFile(command, words, { cwd: folder, env, maxBuffer: 2 ** 28 }, (failure, stdout, stderr) => {
      if (failure && !stdout)
        failed(new Error(`${command} ${words.join(' ')}: ${stderr || stdout || failure.message}`));
      else if (failure) failed(new Error(`${command} ${words.join(' ')}: ${stdout.slice(-3000)}${stderr}`));
      else done(stdout);
    });
  });
}

function git(cwd, ...words) {
  return execFileSync('git', ['-C', cwd, ...words], { encoding: 'utf8', env: process.env, maxBuffer: 2 ** 28 });
}

function lines(text) {
  return text.split('\n').filter((line) => line.trim() !== '');
}
