// Kills builds that publish after their tests, and runs them again: before every statement, and at random moments.
//   npm run build && node bench/kill.mjs [--rounds 1] [--moments 200]
// Each time the warehouse is looked at after the kill and after the build that follows, and a reader looks on throughout.
import { parseArgs } from 'node:util';
import { serveSource } from './serve-source.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '1' }, moments: { type: 'string', default: '200' } },
});
const server = await serveSource();
const { PublishedProject } = await server.ssrLoadModule('/tests/engine/reliability/published-project.ts');

const undisturbed = new PublishedProject();
await undisturbed.build('good');
const startedAt = Date.now();
const statements = { good: await undisturbed.count('good'), bad: await undisturbed.count('bad') };
const duration = (Date.now() - startedAt) / 2;
const wanted = JSON.stringify(await undisturbed.contents());
console.log(
  `a build sends ${statements.good} statements, one of bad data ${statements.bad}, in ${Math.round(duration)} ms`,
);

const cases = [];
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const feed of ['good', 'bad']) {
    for (let number = 1; number <= statements[feed]; number += 1) cases.push({ feed, number });
  }
}
for (let moment = 0; moment < Number(values.moments); moment += 1) {
  cases.push({ feed: moment % 2 === 0 ? 'good' : 'bad', after: Math.round(Math.random() * duration) });
}

const problems = [];
let killed = 0;
let done = 0;
async function lane() {
  const project = new PublishedProject();
  await project.build('good');
  for (let one = cases.shift(); one !== undefined; one = cases.shift()) {
    const { feed, number, after } = one;
    const wasKilled = number ? await project.killedAt(number, feed) : await project.killedAfter(after, feed);
    if (wasKilled) killed += 1;
    const found = (await project.complaints()).map((text) => `after the kill: ${text}`);
    await project.build('good');
    found.push(...(await project.complaints()), ...project.sightings(), ...(await project.leftovers()));
    if (JSON.stringify(await project.contents()) !== wanted) found.push('the tables are other than undisturbed ones');
    if (found.length > 0) problems.push({ ...one, found });
    done += 1;
    if (done % 20 === 0) console.log(`${done} done, ${killed} killed, ${problems.length} with a problem`);
  }
  project.remove();
}
await Promise.all([lane(), lane()]);
undisturbed.remove();
await server.close();
console.log(`${done} builds, ${killed} of them killed, then run again: ${problems.length} with a problem`);
for (const problem of problems) console.log(JSON.stringify(problem));
process.exitCode = problems.length > 0 ? 1 : 0;
