// Runs a dbt project with Ingot and with dbt-core, each in a copy of its own, and says where they differ and how long each took.
//   node bench/public/compare.mjs --project DIR --dbt PATH/TO/venv/bin/dbt [options]
// README.md beside this file lists the options and the projects that this was used for.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { measure } from '../measure.mjs';
import { compareCode, compareOutcomes, compareRows } from './differences.mjs';
import { repositoriesIn, startHub } from './hub.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    project: { type: 'string' },
    folder: { type: 'string', default: '.' },
    dbt: { type: 'string' },
    ingot: { type: 'string', default: join(here, '../../dist/cli/main.cjs') },
    git: { type: 'string' },
    profiles: { type: 'string' },
    step: { type: 'string', multiple: true, default: [] },
    compile: { type: 'string', default: 'compile' },
    env: { type: 'string', multiple: true, default: [] },
    snowflake: { type: 'boolean', default: false },
    out: { type: 'string' },
    'no-times': { type: 'boolean', default: false },
    'no-deps': { type: 'boolean', default: false },
  },
});
if (!values.project || !values.dbt) throw new Error('--project and --dbt are needed');

const out = values.out ? resolve(values.out) : mkdtempSync(join(tmpdir(), 'ingot-compare-'));
mkdirSync(out, { recursive: true });
const hub = values.git ? await startHub(resolve(values.git)) : undefined;
const environment = {
  DBT_SEND_ANONYMOUS_USAGE_STATS: 'False',
  ...(values.snowflake ? emptySnowflake() : {}),
  ...(hub ? { DBT_PACKAGE_HUB_URL: hub.address, ...gitInsteadOfNetwork(resolve(values.git)) } : {}),
  ...Object.fromEntries(
    values.env.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
  ),
};
const tools = ['dbt', 'ingot'].map((name) => prepare(name));
const report = [];
const artifactFiles = ['run_results.json', 'manifest.json'];

if (!values['no-deps']) await both('deps', ['deps']);
for (const step of values.step) {
  const name = step.split(' ')[0];
  await both(step, words(step), { outcomes: name });
}
if (values.step.length > 0) {
  for (const step of values.step) await both(`${step}, again`, words(step));
  say('rows', await compareRows(...tools.map(({ database }) => database)));
}
await both(values.compile, words(values.compile), { outcomes: 'compile' });
if (!values['no-times']) {
  const parse = ['parse', ...settingsOf(words(values.compile))];
  await both('parse, cold', parse, { cold: true });
  await both('parse, unchanged', parse);
  await both('compile, cold', words(values.compile), { cold: true });
  await both('compile, unchanged', words(values.compile));
}
hub?.stop();

console.log('| command | dbt-core s | Ingot s | wall ratio | CPU ratio | exit codes |\n|---|--:|--:|--:|--:|---|');
for (const { title, measured } of report) {
  const [dbt, ingot] = measured;
  const ratio = (key) => `${(dbt[key] / ingot[key]).toFixed(1)} ×`;
  const codes = dbt.code === ingot.code ? `${dbt.code}` : `**${dbt.code}, ${ingot.code}**`;
  console.log(
    `| ${title} | ${dbt.wall.toFixed(2)} | ${ingot.wall.toFixed(2)} | ${ratio('wall')} | ${ratio('cpu')} | ${codes} |`,
  );
}
console.log(`\nKept in ${out}`);

/** One command with both tools, one after the other. */
async function both(title, command, { cold = false, outcomes } = {}) {
  const measured = [];
  for (const tool of tools) {
    if (cold) forget(tool.target);
    // What an earlier command left must not stand for what this one leaves; where only the time counts, it stays.
    if (outcomes) for (const file of artifactFiles) rmSync(join(tool.target, file), { force: true });
    const result = await measure([...tool.command, ...command], {
      cwd: tool.folder,
      env: { ...environment, ...tool.env },
    });
    const log = join(out, `${tool.name}-${title.replace(/\W+/g, '-').slice(0, 60)}.log`);
    writeFileSync(log, result.stdout + result.stderr);
    if (outcomes) keep(tool, outcomes);
    measured.push(result);
  }
  report.push({ title, measured });
  if (outcomes) say(`${title}: results`, compareOutcomes(...artifacts('run_results.json', outcomes)));
  if (outcomes) say(`${title}: compiled SQL`, compareCode(...artifacts('manifest.json', outcomes)));
}

/** The artifacts that a command left, under its name. */
function keep({ name, target }, step) {
  for (const file of artifactFiles) {
    const from = join(target, file);
    const to = join(out, `${name}-${step}-${file}`);
    rmSync(to, { force: true });
    if (existsSync(from)) cpSync(from, to);
  }
}

function artifacts(file, step) {
  return tools.map(({ name }) => {
    const path = join(out, `${name}-${step}-${file}`);
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  });
}

/** The summary goes to the terminal, each difference to a file. */
function say(title, { summary, details }) {
  console.log(`\n## ${title}\n${summary}`);
  if (details) writeFileSync(join(out, `${title.replace(/\W+/g, '-').slice(0, 80)}.txt`), details);
}

/** A copy of the project for one tool, with a profile and a database of its own. */
function prepare(name) {
  const copy = join(out, name);
  rmSync(copy, { recursive: true, force: true });
  cpSync(resolve(values.project), copy, { recursive: true, verbatimSymlinks: true });
  const folder = join(copy, values.folder);
  const settings = parse(readFileSync(join(folder, 'dbt_project.yml'), 'utf8'));
  const profiles = join(out, `${name}-profiles`);
  const database = join(out, name, 'warehouse.duckdb');
  mkdirSync(profiles, { recursive: true });
  writeFileSync(
    join(profiles, 'profiles.yml'),
    values.profiles ? readFileSync(values.profiles, 'utf8') : profileOf(settings.profile, database),
  );
  const command = name === 'dbt' ? [resolve(values.dbt)] : [process.execPath, resolve(values.ingot)];
  // The project's own setting does not move the artifacts away from where they are looked for.
  const target = join(folder, 'target');
  return { name, folder, database, target, command, env: { DBT_PROFILES_DIR: profiles, DBT_TARGET_PATH: target } };
}

function profileOf(name, path) {
  const login = 'account: nobody-nowhere, user: nobody, password: none, role: nobody, warehouse: none';
  const output = values.snowflake
    ? `{ type: snowflake, ${login}, database: analytics, schema: dev, threads: 4 }`
    : `{ type: duckdb, path: '${path}', schema: main, threads: 4 }`;
  return `${name}:\n  target: dev\n  outputs:\n    dev: ${output}\n`;
}

/** Both tools get an empty Snowflake account in the place of the network: enough to compile. */
function emptySnowflake() {
  const stub = join(here, 'empty-snowflake');
  return { PYTHONPATH: stub, NODE_OPTIONS: `--import=${pathToFileURL(join(stub, 'register.mjs')).href}` };
}

/** Addresses of repositories that are there are read from there, by git itself. */
function gitInsteadOfNetwork(folder) {
  const pairs = repositoriesIn(folder).flatMap(({ owner, name, path }) =>
    ['https://github.com/', 'git@github.com:', 'git@gitlab.com:', 'https://gitlab.com/'].flatMap((host) => [
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

/** Moved away, not deleted: see bench/run.mjs. */
function forget(target) {
  if (!existsSync(target)) return;
  const trash = join(out, 'trash');
  mkdirSync(trash, { recursive: true });
  renameSync(target, join(trash, `${basename(dirname(target))}-${process.hrtime.bigint()}`));
}

/** What in a command says where and with which values, and not what to do: `parse` takes nothing else. */
function settingsOf(command) {
  const takes = ['--vars', '--target', '--profile'];
  return command.filter((word, at) => takes.includes(word) || takes.includes(command[at - 1]));
}

/** A command line as words; '…' keeps spaces. */
function words(text) {
  return [...text.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
}
