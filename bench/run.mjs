// Measures Ingot, and dbt-core beside it, on a generated project; prints medians as a Markdown table.
//   node bench/run.mjs --models 1000 [--runs 3] [--dbt PATH] [--case NAME]… [--dir DIR]
// --dbt is the `dbt` of a virtual environment with dbt-core and dbt-duckdb; without it Ingot is measured alone.
// Build Ingot first (npm run build). Ratios are what counts: both tools run alternately on the same machine.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, median } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '3' },
    dbt: { type: 'string' },
    case: { type: 'string', multiple: true },
    dir: { type: 'string' },
  },
});
const runs = Number(values.runs);
const work = values.dir ? resolve(values.dir) : mkdtempSync(join(tmpdir(), 'ingot-bench-'));

const tools = [
  { name: 'ingot', command: [process.execPath, join(here, '../dist/cli/main.cjs')], caches: ['target'] },
  ...(values.dbt ? [{ name: 'dbt-core', command: [values.dbt], caches: ['target'] }] : []),
];

/** What is measured: what has to be so before (`prepare`), and the command. `{one}` is a model's name. */
const cases = [
  { name: 'parse, cold', args: ['parse'], prepare: forget },
  { name: 'parse, nothing changed', args: ['parse'], warm: ['parse'] },
  { name: 'ls, nothing changed', args: ['ls', '--quiet'], warm: ['parse'] },
  { name: 'parse + compile of everything, cold', args: ['compile', '--quiet'], prepare: forget },
  { name: 'compile of everything, parsed before', args: ['compile', '--quiet'], warm: ['parse'] },
  {
    name: 'one file changed and compiled',
    args: ['compile', '--quiet', '--select', '{one}'],
    warm: ['parse'],
    prepare: touch,
  },
];

const projects = new Map();
for (const tool of tools) {
  const project = join(work, tool.name);
  await mustRun([process.execPath, join(here, 'generate.mjs'), '--models', values.models, '--out', project]);
  projects.set(tool.name, project);
}

console.log(`${values.models} models, Node ${process.version}, ${cpus().length} cores, median of ${runs}\n`);
console.log(
  `| case | ${tools.map(({ name }) => `${name} CPU s | wall s | MB`).join(' | ')} |${tools.length > 1 ? ' CPU ratio |' : ''}`,
);
console.log(`|---|${tools.map(() => '--:|--:|--:|').join('')}${tools.length > 1 ? '--:|' : ''}`);
for (const one of cases) {
  if (values.case && !values.case.some((name) => one.name.includes(name))) continue;
  const results = [];
  for (const tool of tools) {
    const project = projects.get(tool.name);
    const name = middleModel(project).split('/').at(-1).replace('.sql', '');
    const command = (args) => [...tool.command, ...args.map((arg) => arg.replace('{one}', name))];
    if (one.warm) await mustRun(command(one.warm), project);
    const measured = [];
    for (let run = 0; run < runs; run += 1) {
      one.prepare?.(project);
      measured.push(await mustRun(command(one.args), project));
    }
    results.push(median(measured));
  }
  const cells = results.map(({ cpu, wall, memory }) => `${cpu.toFixed(2)} | ${wall.toFixed(2)} | ${memory.toFixed(0)}`);
  const ratio = results.length > 1 ? ` ${(results[1].cpu / results[0].cpu).toFixed(0)} × |` : '';
  console.log(`| ${one.name} | ${cells.join(' | ')} |${ratio}`);
}
if (!values.dir) rmSync(work, { recursive: true, force: true });

/** Moved away, not deleted: on ext4, files are written several times as slowly right after thousands were deleted. */
function forget(project) {
  if (!existsSync(join(project, 'target'))) return;
  const trash = join(work, 'trash');
  mkdirSync(trash, { recursive: true });
  renameSync(join(project, 'target'), join(trash, `${readdirSync(trash).length}`));
}

function touch(project) {
  appendFileSync(join(project, middleModel(project)), `-- changed at ${process.hrtime.bigint()}\n`);
}

/** The path of a model in the middle of the project, as the generator listed it. */
function middleModel(project) {
  const paths = JSON.parse(readFileSync(join(project, 'bench-models.json'), 'utf8'));
  return paths[Math.floor(paths.length / 2) + 1];
}

async function mustRun(command, cwd) {
  const result = await measure(command, { cwd, env: { DBT_SEND_ANONYMOUS_USAGE_STATS: 'False' } });
  if (result.code !== 0)
    throw new Error(`${command.join(' ')} ended with ${result.code}\n${result.stdout}${result.stderr}`);
  return result;
}
