// Ends builds in every way at every statement, and says whether a reader has ever seen a partition that was empty, doubled or
// half, and whether the next build brings the rows that were wanted, once.
//
//   node bench/snowflake/kill.mjs [--processes] [--only FAULT]
//
// Without --processes each fault of the test server meets each statement of a publication, which takes ten minutes. With it, a process is killed
// (SIGKILL) before each statement, while the server holds it.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect, outputFor, program, startServer } from './test-server.mjs';

const { values } = parseArgs({ options: { processes: { type: 'boolean', default: false }, only: { type: 'string' } } });

const folder = mkdtempSync(join(tmpdir(), 'ingot-kill-'));
const server = await startServer({ parameters: { TIMEZONE: 'UTC' } });
const reader = await connect(server, { database: 'analytics' });
const readerSession = Number((await reader.rows('select current_session()'))[0][0]);
const files = {
  'dbt_project.yml': 'name: shop\nversion: "1.0"\nprofile: shop\n',
  'profiles.yml': `shop:\n  target: snow\n  outputs:\n    snow: ${outputFor(server, { database: 'analytics', schema: 'shop', threads: 1 })}\n`,
  'seeds/raw_sales.csv':
    'id,amount,sold_at\n1,10,2024-03-01 10:00:00\n2,20,2024-03-01 12:00:00\n3,5,2024-03-02 00:00:00\n',
  'models/sales.sql': `{{ config(materialized='incremental', publish='after_tests',
     partitions={'time': 'day', 'column': 'sold_at', 'start': '2024-03-01', 'end': '2024-03-03'}) }}
select id, amount + {{ var('more', 0) }} as amount, sold_at from {{ ref('raw_sales') }} where {{ partition.filter('sold_at') }}
`,
  'models/models.yml': 'models: [{name: sales, columns: [{name: amount, data_tests: [not_null]}]}]\n',
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const read = async () =>
  (await reader.rows('select id, amount from analytics.shop.sales order by id, amount'))
    .map((row) => row.join(':'))
    .join(' ');
const rowsWith = (more) => `1:${10 + more} 2:${20 + more} 3:5`;
const build = (more) => ingot('build', '-s', 'sales', '--partition', '2024-03-01', '--vars', `{more: ${more}}`);

await ingot('build').ended;
let last = 1;
server.log.clear();
await build(last).ended;
const statements = server.log.statements.filter(({ session }) => session !== readerSession).map(({ sql }) => sql);
console.log(`${statements.length} statements`);
const counts = { builds: 0, failed: 0, wrong: 0 };
if (values.processes) for (let nth = 1; nth <= statements.length; nth += 1) await killed(nth);
else {
  const kinds = [
    'session-gone',
    'token-expired',
    'drop-before',
    'drop-after',
    'lock-timeout',
    'statement-timeout',
    'credits-exhausted',
  ];
  const faults = [...kinds.map((kind) => ({ kind })), { kind: 'http', status: 503 }, { kind: 'http', status: 429 }];
  for (const fault of faults.filter(({ kind }) => kind === (values.only ?? kind))) {
    for (let nth = 1; nth <= statements.length; nth += 1) await faulted(fault, nth);
    console.log(`${fault.kind} ${fault.status ?? ''}`, counts);
  }
}
console.log(counts);
await reader.close();
await server.close();
rmSync(folder, { recursive: true, force: true });
process.exit(counts.wrong > 0 ? 1 : 0);

async function faulted(fault, nth) {
  server.faults.order(fault, { nth, except: readerSession });
  await judged(`${fault.kind} at ${nth}`, async () => (await build(last + 1).ended) === 0);
}

async function killed(nth) {
  let child;
  let held;
  const dead = new Promise((resolve) => {
    held = resolve;
  });
  server.faults.order({ kind: 'slow-statement', milliseconds: 3000 }, { nth, except: readerSession });
  await judged(`SIGKILL at ${nth}`, async () => {
    child = build(last + 1);
    const before = server.log.statements.length;
    const wait = setInterval(() => {
      const sent = server.log.statements.slice(before).filter(({ session }) => session !== readerSession);
      if (sent.length < nth) return;
      clearInterval(wait);
      child.process.kill('SIGKILL');
      held(sent.at(-1).session);
    }, 5);
    const code = await child.ended;
    clearInterval(wait);
    // The server notices that its client is gone, before or after the statement.
    if (code === null) await server.endSession(await dead);
    return code === 0;
  });
}

/** Runs a build that may fail, and then one that may not; looks at what a reader sees after each statement. */
async function judged(what, attempt) {
  const [before, after] = [rowsWith(last), rowsWith(last + 1)];
  const seen = [await read()];
  server.log.watch = async ({ session }) => {
    if (session === readerSession) return;
    const now = await read();
    if (now !== seen.at(-1)) seen.push(now);
  };
  counts.builds += 1;
  if (!(await attempt())) counts.failed += 1;
  server.faults.clear();
  const code = await build(last + 1).ended;
  server.log.watch = undefined;
  const end = await read();
  const isWell = code === 0 && end === after && seen.join() === [before, after].join();
  if (!isWell) {
    counts.wrong += 1;
    console.log(`${what}: exit ${code}`, seen, end);
  }
  last += 1;
}

function ingot(...words) {
  const child = spawn(process.execPath, [program, ...words, '--quiet'], { cwd: folder, stdio: 'ignore' });
  return { process: child, ended: new Promise((resolve) => child.on('close', resolve)) };
}
