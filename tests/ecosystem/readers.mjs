// What tools around dbt read of Ingot's artifacts, with their own classes: dbt-artifacts-parser, Cosmos, Recce.
//   node tests/ecosystem/readers.mjs [--only parser|cosmos|recce]…
// Each has a Python environment of its own, outside the tree (Cosmos brings Airflow, Recce dbt-core). Where Python or PyPI cannot
// be had, it says so and skips.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtIngot, cacheFolder, execute, expect, here, pythonWith } from './python.mjs';

const readers = {
  parser: ['dbt-artifacts-parser==0.15.0'],
  cosmos: ['astronomer-cosmos==1.15.1'],
  recce: ['recce==1.69.1', 'dbt-core==1.11.16', 'dbt-duckdb==1.11.1'],
};
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(readers) },
    ingot: { type: 'string', default: builtIngot },
  },
});
const ingot = resolve(values.ingot);
const work = mkdtempSync(join(tmpdir(), 'ingot-readers-'));
try {
  const project = join(work, 'shop');
  cpSync(join(here, 'shop'), project, { recursive: true });
  for (const command of [['build'], ['docs', 'generate'], ['source', 'freshness']]) {
    execute(process.execPath, [ingot, ...command], { cwd: project });
  }
  // Cosmos starts a program by its path.
  const program = join(work, 'dbt');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${ingot}" "$@"\n`, { mode: 0o755 });
  const nodes = Object.keys(JSON.parse(readFileSync(join(project, 'target/manifest.json'), 'utf8')).nodes).sort();
  for (const name of values.only) see(name, project, program, nodes);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function see(name, project, program, nodes) {
  const python = pythonWith(readers[name], cacheFolder(`reader-${name}`));
  const env = { AIRFLOW_HOME: join(work, 'airflow'), DBT_SEND_ANONYMOUS_USAGE_STATS: 'False' };
  const text = execute(python, [join(here, 'readers.py'), name, project, program], { cwd: work, env });
  const seen = JSON.parse(text.trim().split('\n').at(-1));
  for (const [what, found] of Object.entries(seen)) {
    expect(String(found) === String(nodes), `${name} finds all nodes in ${what}: ${found}`);
  }
  console.log(`ok: ${readers[name][0]} finds ${nodes.length} nodes in ${Object.keys(seen).join(', ')}`);
}
