// dagster-dbt with Ingot as its executable: materializes a project's assets and reports its data tests as asset checks.
//   node tests/ecosystem/dagster.mjs [--project DIR] [--profiles DIR] [--before "seed --vars '{…}'"]… [--venv DIR]
// Without --project it takes shop/ beside this file, and then breaks its copy to see checks fail. Python's packages come from
// PyPI into an environment of their own, outside the tree. Where Python or PyPI cannot be had, it says so and skips.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtIngot, cacheFolder, execute, expect, here, pythonWith } from './python.mjs';

const { values } = parseArgs({
  options: {
    project: { type: 'string' },
    profiles: { type: 'string' },
    ingot: { type: 'string', default: builtIngot },
    before: { type: 'string', multiple: true, default: [] },
    venv: { type: 'string', default: cacheFolder('dagster') },
  },
});
const ingot = resolve(values.ingot);
// dagster-dbt imports two packages that come with dbt-core, for which Ingot stands in.
const packages = ['dagster-dbt==0.29.*', 'dagster==1.13.*', 'python-dateutil', 'msgpack'];
const python = pythonWith(packages, resolve(values.venv));
const work = mkdtempSync(join(tmpdir(), 'ingot-dagster-'));
try {
  const project = join(work, 'project');
  cpSync(values.project ? resolve(values.project) : join(here, 'shop'), project, { recursive: true });
  const profiles = values.profiles ? resolve(values.profiles) : project;
  for (const command of values.before) {
    execute(process.execPath, [ingot, ...words(command), '--profiles-dir', profiles], { cwd: project });
  }
  seeSuccess(materialize(project, profiles));
  if (!values.project) seeFailure(project, profiles);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function seeSuccess({ success, known, knownChecks, materialized, timed, checks }) {
  expect(success, 'the run succeeds');
  expect(known.length > 0 && String(materialized) === String(known), 'every asset is materialized, once');
  expect(timed === materialized.length, 'every materialization says how long it took');
  expect(knownChecks > 0 && checks.length === knownChecks, 'every asset check is evaluated');
  const failed = checks.filter(({ passed }) => !passed);
  expect(failed.length === 0, 'every asset check passes');
  console.log(`ok: ${materialized.length} assets materialized, ${checks.length} asset checks passed`);
}

/** One test that fails, and one that only warns: Dagster has to see both, and which is which. */
function seeFailure(project, profiles) {
  const always = (severity) => `{{ config(severity='${severity}') }}\nselect * from {{ ref('orders') }}\n`;
  writeFileSync(join(project, 'tests', 'always_fails.sql'), always('error'));
  writeFileSync(join(project, 'tests', 'always_warns.sql'), always('warn'));
  const { success, checks } = materialize(project, profiles);
  expect(!success, 'a run with a failing test fails');
  for (const [name, severity] of [
    ['always_fails', 'ERROR'],
    ['always_warns', 'WARN'],
  ]) {
    const check = checks.find((one) => one.name === name);
    expect(check?.passed === false && check.severity === severity, `the check ${name} is an ${severity}`);
  }
  console.log('ok: a failing test is a failed asset check of severity ERROR, a warning one of severity WARN');
}

function materialize(project, profiles) {
  const text = execute(python, [join(here, 'materialize.py'), project, profiles, ingot], { cwd: work });
  return JSON.parse(text.trim().split('\n').at(-1));
}

/** A command line as words; '…' keeps spaces. */
function words(text) {
  return [...text.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
}
