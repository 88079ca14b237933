// Ingot's artifacts as dbt-core's own readers see them: valid by dbt's JSON schemas, and read without a word.
//   node tests/ecosystem/artifacts.mjs [--target DIR] [--venv DIR]
// Without --target it builds shop/ beside this file. Skips, and says so, where Python or PyPI cannot be had.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtIngot, cacheFolder, execute, expect, here, pythonWith } from './python.mjs';

const { values } = parseArgs({
  options: {
    target: { type: 'string' },
    ingot: { type: 'string', default: builtIngot },
    venv: { type: 'string', default: cacheFolder('artifacts') },
  },
});
const python = pythonWith(['dbt-core==1.11.16', 'jsonschema'], resolve(values.venv));
const work = mkdtempSync(join(tmpdir(), 'ingot-artifacts-'));
try {
  const [missing, problems] = execute(python, [
    join(here, 'read-artifacts.py'),
    values.target ? resolve(values.target) : builtTarget(),
  ])
    .trim()
    .split('\n')
    .slice(-2)
    .map((line) => JSON.parse(line));
  if (!values.target) expect(missing.length === 0, 'every artifact is written');
  for (const problem of problems) console.log(problem);
  expect(problems.length === 0, "dbt's readers take all artifacts");
  console.log("ok: manifest, run_results, catalog, sources and semantic_manifest are valid and read by dbt's classes");
  if (missing.length > 0) console.log(`not there: ${missing.join(', ')}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function builtTarget() {
  const project = join(work, 'shop');
  cpSync(join(here, 'shop'), project, { recursive: true });
  for (const command of [['build'], ['docs', 'generate'], ['source', 'freshness'], ['build']]) {
    execute(process.execPath, [resolve(values.ingot), ...command], { cwd: project });
  }
  return join(project, 'target');
}
