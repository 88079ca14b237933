// Loaded before the program: ends the process as `kill -9` does, right before its statement of that number is sent.
// Without a number, it says how many there were.
import { DuckDBConnection } from './program-driver.mjs';

const at = Number(new URL(import.meta.url).searchParams.get('at') ?? Number.POSITIVE_INFINITY);
const { run } = DuckDBConnection.prototype;
let sent = 0;
DuckDBConnection.prototype.run = function counted(...args) {
  // How many threads there are depends on the moment, and nothing on them.
  if (/^set external_threads /.test(args[0])) return run.apply(this, args);
  sent += 1;
  if (sent === at) process.kill(process.pid, 'SIGKILL');
  return run.apply(this, args);
};
process.on('exit', () => process.stderr.write(`statements: ${sent}\n`));
