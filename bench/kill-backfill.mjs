// Kills backfills of 64 partitions over three assets of different grain by 16 workers, and goes on with them: before every
// statement, and at random moments.
//   npm run build && node bench/kill-backfill.mjs [--moments 200] [--every 1] [--from 1] [--lanes 2]
// After each kill the warehouse is looked at, the backfill is gone on with, and the tables are compared with those of an
// undisturbed build; a reader in the killed process looks on throughout. Every third kill is of a backfill of bad data, of
// which two partitions fail their tests; every fifth begins with an empty warehouse.
import { parseArgs } from 'node:util';
import { serveSource } from './serve-source.mjs';

const { values } = parseArgs({
  options: {
    moments: { type: 'string', default: '200' },
    every: { type: 'string', default: '1' },
    /** The first statement before which it is killed: a long run can be done in parts. */
    from: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '2' },
  },
});
const server = await serveSource();
const { PartitionedProject } = await server.ssrLoadModule('/tests/engine/reliability/partitioned-project.ts');

const undisturbed = new PartitionedProject();
await undisturbed.backfill('good');
const startedAt = Date.now();
const statements = await undisturbed.count('good');
const duration = Date.now() - startedAt;
const wanted = JSON.stringify(await undisturbed.contents());
if (statements === 0) throw new Error('Nothing was counted: INGOT_PROGRAM has to use the driver of this folder');
console.log(`a backfill sends ${statements} statements in ${duration} ms`);

const cases = [];
for (let moment = 0; moment < Number(values.moments); moment += 1) {
  cases.push({ after: Math.round(Math.random() * duration) });
}
for (let number = Number(values.from); number <= statements; number += Number(values.every)) cases.push({ number });
for (const [index, one] of cases.entries()) {
  one.feed = index % 3 === 2 ? 'bad' : 'good';
  one.fresh = index % 5 === 4;
}

const all = cases.length;
let problems = 0;
const counts = { killed: 0, ended: 0, looks: 0, resumed: 0 };
async function lane() {
  const project = new PartitionedProject();
  await project.backfill('good');
  for (let one = cases.shift(); one !== undefined; one = cases.shift()) {
    const what = JSON.stringify(one);
    try {
      await tryOne(project, one, what);
    } catch (failure) {
      complain(what, [failure]);
    }
    if ((all - cases.length) % 25 === 0) {
      console.log(`${all - cases.length} of ${all}, ${problems} problems, ${JSON.stringify(counts)}`);
    }
  }
  project.remove();
}

async function tryOne(project, { number, after, feed, fresh }, what) {
  if (fresh) project.empty();
  const killed = number ? await project.killedAt(number, feed) : await project.killedAfter(after, feed);
  counts[killed ? 'killed' : 'ended'] += 1;
  if (!fresh) complain(what, await project.complaints());
  complain(what, project.sightings(!fresh));
  counts.looks += project.looks();
  const [unfinished] = await project.unfinished();
  if (unfinished !== undefined) {
    counts.resumed += 1;
    await project.resume(unfinished);
  } else await project.backfill('good', fresh ? '--missing' : '--failed-only');
  complain(what, await project.complaints());
  complain(
    what,
    (await project.leftovers()).map((left) => `left behind: ${left}`),
  );
  if (JSON.stringify(await project.contents()) !== wanted) complain(what, ['other rows than an undisturbed build']);
  if (fresh) project.forget();
}

/** Said at once: a long run may be stopped before its end. */
function complain(what, texts) {
  for (const text of texts) console.log(`${what}: ${text}`);
  problems += texts.length;
}

await Promise.all(Array.from({ length: Number(values.lanes) }, lane));
undisturbed.remove();
await server.close();
console.log(`${all} backfills: ${counts.killed} killed, ${counts.ended} ended before`);
console.log(`${counts.resumed} were gone on with; readers noted ${counts.looks} different sights`);
console.log(problems === 0 ? 'no problem' : `${problems} problems`);
process.exit(problems === 0 ? 0 : 1);
