// Measures `ingot ci` on a generated project with one changed model: what does a review take besides its statements?
//   node bench/ci.mjs [--models 1000] [--runs 3] [--dir DIR]
// Production is built once; then a model in the middle of the last level but one is changed in its meaning, and reviewed
// cold: without anything that an earlier review kept. One thread, so that the statements' times add up.
// Build Ingot first (npm run build).
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, median } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '3' },
    dir: { type: 'string' },
    program: { type: 'string', default: join(here, '../dist/cli/main.cjs') },
  },
});
const project = values.dir ? resolve(values.dir) : mkdtempSync(join(tmpdir(), 'ingot-ci-'));
const ingot = (...words) => run([process.execPath, values.program, ...words], [0]);
const git = (...words) => run(['git', '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...words], [0]);

if (!existsSync(join(project, '.git'))) {
  await run([process.execPath, join(here, 'generate.mjs'), '--models', values.models, '--out', project], [0]);
  writeFileSync(join(project, '.gitignore'), 'target/\nlogs/\n.ingot/\n');
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'base');
  await ingot('build', '--quiet', '--exclude-resource-types', 'test');
  await git('checkout', '--quiet', '-b', 'change');
}
const models = JSON.parse(readFileSync(join(project, 'bench-models.json'), 'utf8')).filter((path) =>
  path.includes('level_8'),
);
const changed = join(project, models[Math.floor(models.length / 2)]);
const base = readFileSync(changed, 'utf8').split('\n-- changed')[0];
writeFileSync(changed, `${base}\n-- changed\nlimit 5`);

const report = join(project, 'target', 'review.json');
const words = ['ci', '--base', 'main', '--quiet', '--threads', '1', '--fail-on', 'never', '--report', `json=${report}`];
const measured = [];
let review;
for (let turn = 0; turn < Number(values.runs); turn += 1) {
  for (const name of readdirSync(join(project, 'target'))) {
    if (name !== 'bench.duckdb') rmSync(join(project, 'target', name), { recursive: true, force: true });
  }
  const result = await run([process.execPath, values.program, ...words], [0, 1]);
  review = JSON.parse(readFileSync(report, 'utf8'));
  measured.push({
    ...result,
    statements: review.cost.statementSeconds,
    beside: result.wall - review.cost.statementSeconds,
  });
}
const middle = median(measured);
const [statements, beside] = ['statements', 'beside'].map(
  (key) => measured.map((one) => one[key]).sort((a, b) => a - b)[Math.floor((measured.length - 1) / 2)],
);
const { changes, results, cost } = review;
console.log(`${values.models} models, Node ${process.version}, median of ${values.runs}`);
console.log(`${changes.nodes.length} changed, ${changes.affected.length} affected, ${results.length} built or tested`);
console.log('| CPU s | wall s | MB | statements | of wall s | besides them, wall s |');
console.log('|--:|--:|--:|--:|--:|--:|');
const cells = [middle.cpu, middle.wall, middle.memory, cost.statements, statements, beside];
console.log(`| ${cells.map((cell, index) => cell.toFixed(index === 2 || index === 3 ? 0 : 2)).join(' | ')} |`);
if (!values.dir) rmSync(project, { recursive: true, force: true });

async function run(command, codes) {
  const result = await measure(command, { cwd: existsSync(project) ? project : here });
  if (codes.includes(result.code)) return result;
  throw new Error(`${command.join(' ')} ended with ${result.code}\n${result.stdout}${result.stderr}`);
}
